/** The last try: the answer to the entry that locks the card is lost, wherever in its dialogue something goes wrong. */
import { beforeAll, expect, test } from 'vitest';
import type { PeerFault } from '../../src/bench/module/faults.ts';
import { pinOf, unhurried } from '../card/bench-card.ts';
import { type BenchCards, issueBenchCards } from './bench-cards.ts';
import { faultModules, type ModuleName, openFaultBench } from './fault-bench.ts';

const COMMANDS = 4;
const troubles: readonly PeerFault[] = [{ kind: 'lose-answer' }, { kind: 'reset' }];
const modules = Object.keys(faultModules) as ModuleName[];
let cards: BenchCards;

beforeAll(async () => {
  cards = await issueBenchCards();
});

test.each(modules.flatMap((module) => troubles.map((trouble) => [module, trouble.kind, trouble] as const)))(
  '%s, %s: one wrong entry locks the card, is sent once, and no other is sent',
  async (module, _kind, trouble) => {
    for (let at = 1; at <= COMMANDS; at++) {
      const card = await cards.issue('one-try-left');
      const bench = await openFaultBench(module, { ...cards, first: card });
      const { port, settle } = bench;
      expect(await settle(port.survey(unhurried))).toMatchObject({ ok: true, value: { pin: { at: 'ready', triesLeft: 1 } } });
      bench.plan({ per: 'command', at, trouble });
      const verdict = await settle(port.verifyPin(pinOf('0000'), 1, unhurried));
      const told = verdict.ok ? verdict.value.at : verdict.fault.code;
      expect(told).toMatch(/^(locked|PIN-303|CARD-101|CARD-104|MOD-20[123])$/);
      expect(card.statistics.verifies).toBeLessThanOrEqual(1);

      bench.peer.faults.clear();
      if (!bench.peer.occupied) bench.put(card);
      await bench.line.until(() => bench.cardIsThere(), 3_000);
      const surveyed = await settle(port.survey(unhurried));
      const locked = card.holder.pinTriesLeft() === 0;
      expect(surveyed).toMatchObject({ ok: true, value: { pin: { at: locked ? 'locked' : 'ready' } } });
      if (locked)
        expect(await settle(port.verifyPin(pinOf('1234'), 0, unhurried))).toEqual({ ok: true, value: { at: 'locked' } });
      expect(card.statistics).toMatchObject({ verifies: locked ? 1 : 0, verifiesWhileBlocked: 0 });
      await bench.close();
    }
  },
);
