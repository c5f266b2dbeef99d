/** Work that waits until nobody stands at the reader, on simulated time. */
import { beforeEach, expect, test } from 'vitest';
import { type IdleTask, type IdleWork, startIdleWork } from '../../src/compose-idle.ts';
import { failed, ok, type Result } from '../../src/faults/result.ts';
import type { State } from '../../src/reception/state.ts';
import { createSimulatedClock, type SimulatedClock } from '../simulated-clock.ts';

const MINUTE_MS = 60_000;
const idle: State = { at: 'idle' };
const choosing: State = {
  at: 'choosing',
  reception: { id: 'r1', pin: { at: 'absent' }, carrier: 'card', face: false, visual: false, faceAttempts: 0, hurry: false },
};

let clock: SimulatedClock;
let state: State;
let listeners: Set<(state: State) => void>;
let work: IdleWork;
/** When the task was run, and by which result it ends. */
let ran: number[];
let due: boolean;
let outcome: () => Result<void>;
let defects: unknown[];

beforeEach(() => {
  clock = createSimulatedClock();
  state = idle;
  listeners = new Set();
  [ran, due, defects] = [[], true, []];
  outcome = () => {
    due = false;
    return ok();
  };
});

function start(task: Partial<IdleTask> = {}): void {
  const run = async () => {
    ran.push(clock.now());
    return outcome();
  };
  const reader = {
    get state() {
      return state;
    },
    onChange(listener: (state: State) => void) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  const onDefect = (error: unknown) => defects.push(error);
  work = startIdleWork({ reader, tasks: [{ due: () => due, run, ...task }], clock, random: () => 0, onDefect });
}

function becomes(next: State): void {
  state = next;
  for (const listener of listeners) listener(next);
}

test('is done five seconds after the start, and not again while nothing is due', async () => {
  start();
  await clock.advance(60 * MINUTE_MS);
  expect(ran).toEqual([5_000]);
  due = true;
  work.wake();
  await clock.advance(MINUTE_MS);
  expect(ran).toEqual([5_000, 60 * MINUTE_MS + 5_000]);
  await work.close();
});

test('is tried ever more seldom while it fails, at last every five minutes', async () => {
  outcome = () => failed('GATE-501');
  start();
  await clock.advance(30 * MINUTE_MS);
  const pauses = ran.map((at, index) => (at - (ran[index - 1] ?? 0)) / 1_000);
  expect(pauses.slice(0, 9)).toEqual([5, 10, 20, 40, 80, 160, 300, 300, 300]);
  await work.close();
});

test('waits for the end of a reception, and is then tried soon, however long it had failed', async () => {
  outcome = () => failed('GATE-501');
  start();
  await clock.advance(20 * MINUTE_MS);
  becomes(choosing);
  const before = ran.length;
  await clock.advance(20 * MINUTE_MS);
  expect(ran.length).toBe(before);
  becomes(idle);
  await clock.advance(5_000);
  expect(ran.at(-1)).toBe(40 * MINUTE_MS + 5_000);
  await work.close();
});

test('is dropped at once when a card is placed, and taken up again afterwards', async () => {
  const seen: AbortSignal[] = [];
  const run = (signal: AbortSignal) => {
    seen.push(signal);
    return new Promise<Result<void>>((resolve) => {
      signal.addEventListener('abort', () => resolve(failed('GATE-502', 'stopped')));
    });
  };
  start({ run });
  await clock.advance(6_000);
  expect(seen.map(({ aborted }) => aborted)).toEqual([false]);
  becomes(choosing);
  expect(seen.map(({ aborted }) => aborted)).toEqual([true]);
  becomes(idle);
  await clock.advance(5_000);
  expect(seen.map(({ aborted }) => aborted)).toEqual([true, false]);
  await work.close();
  expect(seen.map(({ aborted }) => aborted)).toEqual([true, true]);
});

test('that throws is a defect, and is tried again', async () => {
  outcome = () => {
    throw new Error('a defect');
  };
  start();
  await clock.advance(16_000);
  expect([ran, defects.length]).toEqual([[5_000, 15_000], 2]);
  await work.close();
});

test('goes on while the card module is away', async () => {
  state = { at: 'unavailable', code: 'MOD-201' };
  start();
  await clock.advance(5_000);
  expect(ran).toEqual([5_000]);
  await work.close();
});
