import { expect, test } from 'vitest';
import { boundOf } from '../../src/reception/bounds.ts';
import type { State } from '../../src/reception/state.ts';
import { giveSignsOfLife } from '../../src/unit/alive.ts';
import { createSimulatedClock } from '../simulated-clock.ts';

const reading: State = {
  at: 'reading',
  reception: { id: 'now', pin: { at: 'absent' }, carrier: 'card', face: false, visual: false, faceAttempts: 0, hurry: false },
};

/** A reader as far as it is listened to. */
function heldReader(clock: ReturnType<typeof createSimulatedClock>, watchdogMs: number | undefined) {
  const listeners = new Set<(state: State) => void>();
  const signs: number[] = [];
  const told: string[] = [];
  const reader = {
    state: { at: 'idle' } as State,
    onChange(listener: (state: State) => void) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    enter(state: State) {
      reader.state = state;
      for (const listener of listeners) listener(state);
    },
  };
  const notifier = { watchdogMs, alive: () => void signs.push(clock.now()), status: (text: string) => void told.push(text) };
  return { reader, signs, told, life: giveSignsOfLife(notifier, clock) };
}

test('before there is a reader, signs are given: whoever must enrol it finds it alive', async () => {
  const clock = createSimulatedClock();
  const { signs } = heldReader(clock, 30_000);
  await clock.advance(30_000);
  expect(signs).toEqual([0, 10_000, 20_000, 30_000]);
});

test('an idle reader gives three signs in the time that is allowed, for as long as it stands', async () => {
  const clock = createSimulatedClock();
  const { reader, signs, life } = heldReader(clock, 90_000);
  life.follow(reader);
  await clock.advance(86_400_000);
  expect(signs.slice(0, 4)).toEqual([0, 30_000, 60_000, 90_000]);
  expect(signs).toHaveLength(86_400_000 / 30_000 + 1);
  life.stop();
  await clock.advance(90_000);
  expect(signs).toHaveLength(86_400_000 / 30_000 + 1);
});

test('a reader that outstays a state’s bound gives none, says where it is stuck, and lives again when it gets on', async () => {
  const clock = createSimulatedClock();
  const { reader, signs, told, life } = heldReader(clock, 9_000);
  life.follow(reader);
  reader.enter(reading);
  const boundMs = boundOf(reading)?.ms ?? 0;
  await clock.advance(boundMs + 15_000);
  expect(told).toEqual([]);
  await clock.advance(3_000);
  const given = signs.length;
  await clock.advance(90_000);
  expect([signs.length, told.at(-1)]).toEqual([given, 'stuck: "reading" does not end']);
  reader.enter({ at: 'idle' });
  await clock.advance(9_000);
  expect(signs.length).toBeGreaterThan(given);
  life.stop();
});

test('where no signs are expected none are given', async () => {
  const clock = createSimulatedClock();
  const { signs } = heldReader(clock, undefined);
  await clock.advance(90_000);
  expect(signs).toEqual([]);
});
