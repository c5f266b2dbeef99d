/** A card port on a simulated module whose line, card and answers a test can spoil at one message or one command. */
import { createModulePeer } from '../../src/bench/module/create-peer.ts';
import type { PeerFault } from '../../src/bench/module/faults.ts';
import { createCardPort } from '../../src/card/card-port.ts';
import type { ProtocolId } from '../../src/card/module/module-link.ts';
import { protocolsOf } from '../../src/card/module/protocols.ts';
import { createSerialModule } from '../../src/card/module/serial-module.ts';
import { failed, ok } from '../../src/faults/result.ts';
import type { CardEvent } from '../../src/reception/ports.ts';
import { memoryInSimulatedTime } from '../card/timed-line.ts';
import type { BenchCards, HeldCard } from './bench-cards.ts';
import { type Quirk, withQuirk } from './quirky-card.ts';
import { type LineDamage, spoilWire } from './spoilt-wire.ts';

/** A module, and the slot of it that the card is put into. */
export const faultModules = {
  gem: { protocol: 'gem', slot: 0 },
  'acs, contactless': { protocol: 'acs', slot: 0 },
  'acs, contact': { protocol: 'acs', slot: 1 },
  pn532: { protocol: 'pn532', slot: 0 },
} as const satisfies Record<string, { protocol: ProtocolId; slot: number }>;
export type ModuleName = keyof typeof faultModules;

/** What goes wrong: by the module, on the line, by the card, by a card that wants more time, or something done to them. */
export type Trouble =
  | PeerFault
  | { readonly kind: 'line'; readonly damage: LineDamage }
  | { readonly kind: 'quirk'; readonly quirk: Quirk }
  | { readonly kind: 'waiting-times'; readonly times: number; readonly eachMs: number }
  | ((bench: FaultBench) => void);

/** From the `at`-th message to the module, or command to the card, on; once when `times` is absent. */
export type TroubleAt = {
  readonly per: 'message' | 'command';
  readonly at: number;
  readonly trouble: Trouble;
  readonly times?: number;
};

export type FaultBench = Awaited<ReturnType<typeof openFaultBench>>;

/** Longer than anything that a card module may take. */
const PATIENCE_MS = 200_000;
/** A card that asks for more time is let wait for so long in all. */
const LONGEST_WAIT_MS = 30_000;
const PLACED_WITHIN_MS = 3_000;

/** The module is found and `cards.first` lies on it; counting begins there. */
export async function openFaultBench(name: ModuleName, cards: BenchCards) {
  const { protocol, slot } = faultModules[name];
  const line = memoryInSimulatedTime();
  const { clock } = line;
  const wire = spoilWire(line.peer);
  const counted = { message: 0, command: 0 };
  const events: (CardEvent & { atMs: number })[] = [];
  let hitAtMs: number | undefined;
  let lying: HeldCard | undefined;
  let waitingTimes = () => 0;
  let quirkNow = (): Quirk | undefined => undefined;

  const peer = createModulePeer(protocol, { wire, clock, paced: false, waitingTimes: () => waitingTimes() });
  const module = createSerialModule({ path: line.path, openLine: line.openLine, clock, protocols: protocolsOf(protocol) });
  const port = createCardPort({
    module,
    front: {
      simulated: true,
      readCode: async () => (lying ? ok<Uint8Array>(Buffer.from(lying.holder.verificationCodeB, 'latin1')) : failed('CARD-108')),
    },
    clock,
    random: (length) => Uint8Array.from({ length }, (_, index) => (index * 37) & 0xff),
    trustedCvKeys: [cards.pki.cv.rootKey],
  });
  port.watch((event) => events.push({ ...event, atMs: clock.now() }));

  function hit(): void {
    hitAtMs ??= clock.now();
  }

  const bench = {
    clock,
    line,
    peer,
    port,
    cards,
    events,
    counted,
    /** When the trouble first came. */
    hitAtMs: () => hitAtMs,
    settle: <T>(work: Promise<T>) => line.settle(work, PATIENCE_MS),
    put(card: HeldCard): void {
      lying = card;
      peer.insert(
        withQuirk(card, () => quirkNow()),
        slot,
      );
    },
    /** As far as the port has told. */
    cardIsThere: () => events.findLast(({ type }) => type !== 'module-ready')?.type === 'placed',

    async placeAgain(): Promise<void> {
      peer.remove();
      await line.until(() => !bench.cardIsThere(), PLACED_WITHIN_MS);
      bench.put(lying ?? cards.first);
      await line.until(() => bench.cardIsThere(), PLACED_WITHIN_MS);
    },

    plan({ per, at, trouble, times = 1 }: TroubleAt): void {
      let seen = 0;
      const isAt = () => {
        if (++seen < at) return false;
        hit();
        return true;
      };
      if (typeof trouble === 'function') {
        peer.faults.add(
          rule(per, () => {
            if (isAt() && seen === at) trouble(bench);
            return false;
          }),
        );
      } else if (trouble.kind === 'line') {
        // Until the next message comes.
        peer.faults.add(
          rule(per, () => {
            wire.damage = isAt() && seen === at ? trouble.damage : undefined;
            return false;
          }),
        );
      } else if (trouble.kind === 'quirk') {
        quirkNow = () => (isAt() && seen === at ? trouble.quirk : undefined);
      } else if (trouble.kind === 'waiting-times') {
        waitingTimes = () => {
          if (!isAt() || seen > at) return 0;
          const delays = Math.min(trouble.times, LONGEST_WAIT_MS / trouble.eachMs);
          peer.faults.add({ fault: { kind: 'delay', ms: trouble.eachMs }, times: delays, message: () => true });
          return trouble.times;
        };
      } else {
        peer.faults.add({ ...rule(per, isAt), fault: trouble, times });
      }
    },

    async close(): Promise<void> {
      await line.settle(module.close());
      await line.close();
    },
  };
  for (const per of ['message', 'command'] as const) {
    const count = () => {
      counted[per]++;
      return false;
    };
    peer.faults.add(rule(per, count));
  }
  const started = await line.settle(module.start(new AbortController().signal));
  if (!started.ok) throw new Error(`${name} does not start: ${started.fault.code}`);
  bench.put(cards.first);
  await line.until(() => bench.cardIsThere(), PLACED_WITHIN_MS);
  Object.assign(counted, { message: 0, command: 0 });
  return bench;
}

/** `sees` is asked at each message or command, and says whether the fault falls on it. */
function rule(per: TroubleAt['per'], sees: () => boolean) {
  return { fault: { kind: 'mute' } as const, ...(per === 'message' ? { message: sees } : { apdu: sees }) };
}
