/**
 * Thousands of steps at a counter, in any order: people, cards, cable, gateway and staff, and the laws after each. What
 * fails is printed with its seed and path; run again it is made smaller:
 *
 *   MODEL_SEED=… MODEL_PATH=… npx vitest run test/model/counter-model.test.ts
 */
import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { Bench } from '../../src/bench/bench.ts';
import { Timeline } from '../../src/reception/timeline.ts';
import { createSimulatedClock } from '../simulated-clock.ts';
import { CounterDay, visitors } from './counter-day.ts';
import { scriptedFace } from './scripted-face.ts';
import { anyStep, type Step } from './steps.ts';
import { take } from './take-step.ts';

vi.mock('../../src/reception/memory.ts', async (original) => {
  const { ReceptionMemory } = await original<typeof import('../../src/reception/memory.ts')>();
  const { rememberMemory } = await import('./seen-memories.ts');
  class SeenMemory extends ReceptionMemory {
    constructor(...parts: ConstructorParameters<typeof ReceptionMemory>) {
      super(...parts);
      rememberMemory(this);
    }
  }
  return { ReceptionMemory: SeenMemory };
});
// The pauses between attempts at the gateway, which are random: what failed must fail again.
vi.spyOn(Math, 'random').mockReturnValue(0.5);

const { MODEL_SEED = '20260401', MODEL_PATH, MODEL_DAYS = '85' } = process.env;
const STEPS_A_DAY = 500;
const LEAST_STEPS = 20_000;
/** The smallest so far is told then, with a path to go on from. */
const SMALLER_WITHIN_MS = 120_000;

let taken = 0;
const tally = new Map<string, number>();

class OneStep implements fc.AsyncCommand<object, CounterDay> {
  readonly step: Step;
  constructor(step: Step) {
    this.step = step;
  }
  check(): boolean {
    return true;
  }
  async run(_: object, day: CounterDay): Promise<void> {
    taken++;
    const { at } = day.counter.reader.state;
    tally.set(at, (tally.get(at) ?? 0) + 1);
    await take(this.step, day);
    await day.counter.clock.advance(0);
    day.look();
  }
  toString(): string {
    return JSON.stringify(this.step);
  }
}

const days = fc.commands([anyStep.map((step) => new OneStep(step))], { maxCommands: STEPS_A_DAY, size: 'max' });

test('whatever people do, in twenty thousand steps every law holds', { timeout: 900_000 }, async () => {
  const clock = createSimulatedClock();
  const face = scriptedFace(clock);
  const bench = await Bench.open({
    ...{ clock, waits: new Timeline(clock.now), random: randomBytes, readerId: 'KZTEST01', module: 'gem', baudRate: 115_200 },
    ...{ gatewayLatencyMs: 0, joins: 'memory', hold: clock.hold },
  });
  for (const persona of visitors) expect(await bench.place(persona)).toEqual({ ok: true, value: undefined });
  bench.remove();
  const oneDay = fc.asyncProperty(days, async (steps) => {
    const day = await CounterDay.open(face, bench);
    try {
      await fc.asyncModelRun(() => ({ model: {}, real: day }), steps);
      await day.end();
    } finally {
      await day.close();
    }
  });
  await fc.assert(oneDay, {
    ...{ seed: Number(MODEL_SEED), numRuns: MODEL_PATH === undefined ? Number(MODEL_DAYS) : 1, noBias: true },
    // A whole day again for each smaller one: what failed is told at once, and made smaller when it is run again.
    endOnFailure: MODEL_PATH === undefined,
    ...(MODEL_PATH === undefined ? {} : { path: MODEL_PATH, interruptAfterTimeLimit: SMALLER_WITHIN_MS }),
  });
  if (MODEL_PATH === undefined && MODEL_DAYS === '85') expect(taken).toBeGreaterThanOrEqual(LEAST_STEPS);
  const { user, system } = process.cpuUsage();
  process.stdout.write(
    `${taken} steps, ${Math.round((user + system) / 1e6)} s of processor; ${JSON.stringify(Object.fromEntries(tally))}\n`,
  );
  await bench.close();
});
