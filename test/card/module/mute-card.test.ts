/** A card that falls silent in the middle of a reception: how long it takes until that is said. */
import { expect, test } from 'vitest';
import type { PeerFault } from '../../../src/bench/module/faults.ts';
import { createGemPeer } from '../../../src/bench/module/gem-peer.ts';
import { protocolsOf } from '../../../src/card/module/protocols.ts';
import { createSerialModule } from '../../../src/card/module/serial-module.ts';
import { cardOf } from '../bench-card.ts';
import { bytes } from '../hex.ts';
import { memoryInSimulatedTime } from '../timed-line.ts';

const signal = new AbortController().signal;
const SELECT = bytes('00 A4 02 0C 02 00 0A');
/** BWI 4 at F 372 and 4 MHz (ISO/IEC 7816-3 §11.4.3). */
const BWT_MS = ((11 + 2 ** 4 * 960) * 372) / 4_000;

test.each<[string, PeerFault, number]>([
  ['the module reports it after the block waiting time', { kind: 'slot-error', error: 0xfe, afterMs: BWT_MS }, BWT_MS + 2_000],
  ['nothing at all comes for its commands', { kind: 'lose-answer' }, 2 * BWT_MS + 2_000],
])('%s: CARD-104 in time, and one command', async (_name, fault, boundMs) => {
  const line = memoryInSimulatedTime();
  const { clock, until, settle } = line;
  let commands = 0;
  const peer = createGemPeer({ wire: line.peer, clock, onApdu: () => commands++ });
  const module = createSerialModule({ ...line, protocols: protocolsOf('gem') });
  await settle(module.start(signal));
  peer.insert(await cardOf('adult'));
  await until(() => module.slots.length > 0, 500);
  await clock.advance(500);
  await settle(module.powerOn(0, signal));
  const isTransfer = (type: number) => type === 0x6f;
  peer.faults.add({ fault, message: isTransfer, times: Number.POSITIVE_INFINITY });
  const startMs = clock.now();
  expect(await settle(module.transmit(0, SELECT, signal))).toMatchObject({ ok: false, fault: { code: 'CARD-104' } });
  expect(clock.now() - startMs).toBeLessThan(boundMs);
  expect(commands).toBeLessThanOrEqual(1);
  await settle(module.close());
  await line.close();
});
