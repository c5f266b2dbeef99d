/** A card port on the bench's own module and cards, over a line in memory and on simulated time, or any other. */

import { issueCard } from '../../src/bench/card/issue-card.ts';
import type { VirtualCard } from '../../src/bench/card/virtual-card.ts';
import { createGemPeer, type GemPeerOptions } from '../../src/bench/module/gem-peer.ts';
import { personaById } from '../../src/bench/personas.ts';
import { type BenchPki, createBenchPki } from '../../src/bench/pki/bench-pki.ts';
import { createCardPort } from '../../src/card/card-port.ts';
import type { CardModule } from '../../src/card/module/card-module.ts';
import { protocolsOf } from '../../src/card/module/protocols.ts';
import { createSerialModule } from '../../src/card/module/serial-module.ts';
import { failed, ok } from '../../src/faults/result.ts';
import { PinEntry } from '../../src/reception/pin-entry.ts';
import type { CardEvent, CardPort } from '../../src/reception/ports.ts';
import { memoryInSimulatedTime, type TimedLine } from './timed-line.ts';

const today = new Date('2026-04-01T09:00:00+09:00');
const pki = createBenchPki({ now: today });
/** Not a picture: the card port passes the portrait on without looking into it. */
export const portrait = Uint8Array.from({ length: 7_000 }, (_, index) => (index * 7 + (index >> 8)) & 0xff);

/** Who has certified the signer of these cards' faces. */
export const trustedRoot = async () => (await pki).cv.rootKey;

export async function cardOf(personaId: string, portraitJp2: Uint8Array = portrait): Promise<VirtualCard> {
  const persona = personaById(personaId);
  if (!persona) throw new Error(`no persona ${personaId}`);
  return issueCard(persona, await pki, { portraitJp2, now: today });
}

export type Counter = Awaited<ReturnType<typeof openCounter>>;

export type CounterOptions = Partial<GemPeerOptions> & {
  /** What the front is read as, instead of what is printed there. */
  readonly codeB?: string;
  readonly trusted?: (pki: BenchPki) => BenchPki['cv']['rootKey'];
};

export async function openCounter(options: CounterOptions = {}) {
  const line = memoryInSimulatedTime();
  return { ...(await counterOn(line, options)), clock: line.clock };
}

export async function counterOn(line: TimedLine, options: CounterOptions = {}) {
  const { clock, until, settle } = line;
  const commands: Uint8Array[] = [];
  const peer = createGemPeer({
    wire: line.peer,
    clock,
    ...options,
    onApdu: (command) => commands.push(Uint8Array.from(command)),
  });
  let lying: VirtualCard | undefined;
  const front = {
    simulated: true,
    async readCode() {
      const code = options.codeB ?? lying?.holder?.verificationCodeB;
      return code === undefined ? failed('CARD-108') : ok<Uint8Array>(Buffer.from(code, 'latin1'));
    },
  };
  const { rootKey } = (await pki).cv;
  const module: CardModule = createSerialModule({
    path: line.path,
    openLine: line.openLine,
    clock,
    protocols: protocolsOf('gem'),
  });
  const port: CardPort = createCardPort({
    module,
    front,
    clock,
    random: (length) => Uint8Array.from({ length }, (_, index) => (index * 37) & 0xff),
    trustedCvKeys: [options.trusted?.(await pki) ?? rootKey],
  });
  const events: (CardEvent & { atMs: number })[] = [];
  port.watch((event) => events.push({ ...event, atMs: clock.now() }));

  return {
    line,
    peer,
    module,
    port,
    events,
    commands,
    until,
    settle,
    start: () => settle(module.start(new AbortController().signal)),
    async place(card: VirtualCard) {
      const placings = () => events.filter((event) => event.type === 'placed').length;
      const before = placings();
      lying = card;
      peer.insert(card);
      await until(() => placings() > before, 1_000);
    },
    remove() {
      peer.remove();
      lying = undefined;
    },
    async close() {
      await settle(module.close());
      await line.close();
    },
  };
}

export function pinOf(digits: string): PinEntry {
  const pin = new PinEntry();
  for (const digit of Buffer.from(digits, 'latin1')) pin.press(digit);
  return pin;
}

export const unhurried = new AbortController().signal;
