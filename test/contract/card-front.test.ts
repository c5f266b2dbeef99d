import { randomBytes } from 'node:crypto';
import { Bench } from '../../src/bench/bench.ts';
import { createSimulatedClock } from '../simulated-clock.ts';
import { cardFrontContract, type FrontBench } from './card-front.ts';

async function benchFront(): Promise<FrontBench> {
  const bench = await Bench.open({
    clock: createSimulatedClock(),
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
    close: () => bench.close(),
  };
}

cardFrontContract('the bench’s stand-in', benchFront);
