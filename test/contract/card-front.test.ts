import { randomBytes } from 'node:crypto';
import { Bench } from '../../src/bench/bench.ts';
import { createSimulatedClock } from '../simulated-clock.ts';
import { cardFrontContract, type FrontBench } from './card-front.ts';

async function benchFront(): Promise<FrontBench> {
  const clock = createSimulatedClock();
  const bench = await Bench.open({
    module: 'gem',
    clock,
    hold: clock.hold,
    waits: { add: () => {} },
    random: (length) => randomBytes(length),
    readerId: 'KZTEST01',
    baudRate: 115_200,
    gatewayLatencyMs: 0,
    joins: 'memory',
  });
  const { front } = await bench.world();
  return {
    front,
    simulated: true,
    async place(personaId) {
      const placed = await bench.place(personaId);
      if (!placed.ok) throw new Error(placed.fault.detail);
      return bench.placed?.card.holder?.verificationCodeB;
    },
    remove: () => bench.remove(),
    async settle(work) {
      let ended = false;
      const end = () => {
        ended = true;
      };
      work.then(end, end);
      await clock.runUntil(() => ended, 5_000);
      return work;
    },
    close: () => bench.close(),
  };
}

cardFrontContract('read from the bench’s drawn fronts', benchFront);
