/** The driver at its own simulated PN532, on simulated time. */
import { expect } from 'vitest';
import { noStatistics, type VirtualCard } from '../../../../src/bench/card/virtual-card.ts';
import type { ModulePeer, ModulePeerOptions } from '../../../../src/bench/module/module-peer.ts';
import { createPn532Peer } from '../../../../src/bench/module/pn532/pn532-peer.ts';
import type { CardModule, SlotEvent } from '../../../../src/card/module/card-module.ts';
import { protocolsOf } from '../../../../src/card/module/protocols.ts';
import { createSerialModule } from '../../../../src/card/module/serial-module.ts';
import type { Result } from '../../../../src/faults/result.ts';
import { memoryInSimulatedTime } from '../../timed-line.ts';

export type Pn532Bench = Awaited<ReturnType<typeof startPn532>>;

const signal = new AbortController().signal;
const APDU = Uint8Array.of(0x00, 0xca, 0x00, 0x00, 0x00);
const OK = Uint8Array.of(0x90, 0x00);

/** @param options the module's, and the rate that the driver is to raise it to */
export async function startPn532(options: Partial<ModulePeerOptions> & { wanted?: number } = {}) {
  const line = memoryInSimulatedTime();
  const { wanted, ...peerOptions } = options;
  const peer: ModulePeer = createPn532Peer({ wire: line.peer, clock: line.clock, ...peerOptions });
  const module: CardModule = createSerialModule({
    path: line.path,
    openLine: line.openLine,
    clock: line.clock,
    protocols: protocolsOf('pn532'),
    ...(wanted && { baudRate: wanted }),
  });
  const events: (SlotEvent & { atMs: number })[] = [];
  module.watch((event) => events.push({ ...event, atMs: line.clock.now() }));
  const powerOn = () => line.settle(module.powerOn(0, signal));

  async function place(card: VirtualCard): Promise<void> {
    peer.insert(card);
    await line.until(() => events.at(-1)?.type === 'card-in', 500);
  }

  expect((await line.settle(module.start(signal))).ok).toBe(true);
  return {
    ...line,
    peer,
    module,
    events,
    said: () => events.map(({ type }) => type),
    transmit: (apdu = APDU) => line.settle(module.transmit(0, apdu, signal)),
    powerOn,
    place,
    async placeAndPowerOn(card: VirtualCard): Promise<void> {
      await place(card);
      expect((await powerOn()).ok).toBe(true);
    },
    async close(): Promise<void> {
      await line.settle(module.close());
      await line.close();
    },
  };
}

export const fault = (result: Result<unknown>) => (result.ok ? undefined : result.fault.code);

/** What the card was sent, and `answer` to each; its state is how many commands it has had since it was powered. */
export function counting(answer: (command: Uint8Array, count: number) => Uint8Array = () => OK) {
  const had: Uint8Array[] = [];
  let sincePower = 0;
  const card: VirtualCard = {
    statistics: noStatistics(),
    contactless: {
      kind: 'type-b',
      applicationData: Uint8Array.of(0, 0, 5, 0xe0),
      protocolInfo: Uint8Array.of(0xb3, 0x81, 0xa1),
    },
    powerOn: () => Uint8Array.of(0x3b, 0x00),
    powerOff() {
      sincePower = 0;
    },
    answer(command) {
      had.push(Uint8Array.from(command));
      return answer(command, ++sincePower);
    },
  };
  return { card, had };
}
