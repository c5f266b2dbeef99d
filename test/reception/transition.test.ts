import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { catalogue, faultCodes } from '../../src/faults/catalogue.ts';
import { failed, ok } from '../../src/faults/result.ts';
import { boundOf } from '../../src/reception/bounds.ts';
import type { Effect, Event } from '../../src/reception/event.ts';
import type { FaceDecision } from '../../src/reception/ports.ts';
import type { Intent, State } from '../../src/reception/state.ts';
import { transition } from '../../src/reception/transition.ts';

const decision = (matched: boolean): FaceDecision => ({
  matched,
  score: matched ? 0.7 : 0.1,
  threshold: 0.46,
  frames: 3,
  liveness: 'head-turned',
  model: 'test',
});

/** Answers that a card, camera or gateway could give at any time, for the present reception or for an older one. */
function anyEvent(): fc.Arbitrary<Event> {
  const receptionId = fc.constantFrom('now', 'now', 'now', 'earlier');
  const fault = fc.constantFrom(...faultCodes).map((code) => failed(code));
  const result = <T>(value: fc.Arbitrary<T>) =>
    fc.oneof({ weight: 3, arbitrary: value.map((v) => ok(v)) }, { weight: 1, arbitrary: fault });
  const done = result(fc.constant(undefined));
  const handedOver = result(fc.constantFrom('handed-over' as const, 'will-be-handed-over' as const));
  const pin = fc.oneof(
    fc.integer({ min: 1, max: 3 }).map((triesLeft) => ({ at: 'ready' as const, triesLeft })),
    fc.constant({ at: 'locked' as const }),
    fc.constant({ at: 'absent' as const }),
  );
  const verdict = fc.oneof(
    fc.constant({ at: 'right' as const }),
    fc.constant({ at: 'locked' as const }),
    fc.integer({ min: 1, max: 2 }).map((triesLeft) => ({ at: 'wrong' as const, triesLeft })),
  );
  const intent = fc.oneof(
    fc.constantFrom('face' as const, 'pin' as const).map((method) => ({ type: 'choose' as const, method })),
    fc.constant({ type: 'continue' as const }),
    fc.constant({ type: 'type-code' as const }),
    fc.constant({ type: 'stop' as const }),
    fc.subarray(['medicines', 'checkups'] as const).map((items) => ({ type: 'consent' as const, items })),
  );
  const validity = fc.constantFrom('1', '2', '3', '4', '5', '6');
  return fc.oneof(
    fc.constant<Event>({ type: 'card-placed', receptionId: 'now' }),
    fc.constant<Event>({ type: 'card-removed' }),
    fc.constant<Event>({ type: 'module-lost', code: 'MOD-202' }),
    fc.constant<Event>({ type: 'module-ready' }),
    fc.constant<Event>({ type: 'time-out' }),
    { weight: 6, arbitrary: intent.map((intent): Event => ({ type: 'intent', intent })) },
    {
      weight: 3,
      arbitrary: fc
        .oneof(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 14 }))
        .map((digits): Event => ({ type: 'pin-key', digits })),
    },
    {
      weight: 3,
      arbitrary: fc
        .tuple(receptionId, result(fc.record({ pin, portrait: fc.boolean() })), fc.boolean())
        .map(([receptionId, result, faceReady]): Event => ({ type: 'surveyed', receptionId, result, faceReady })),
    },
    fc.tuple(receptionId, done).map(([receptionId, result]): Event => ({ type: 'gateway-opened', receptionId, result })),
    {
      weight: 3,
      arbitrary: fc
        .tuple(receptionId, result(fc.boolean().map(decision)))
        .map(([receptionId, result]): Event => ({ type: 'face-decided', receptionId, result })),
    },
    {
      weight: 3,
      arbitrary: fc
        .tuple(receptionId, result(verdict))
        .map(([receptionId, result]): Event => ({ type: 'pin-verified', receptionId, result })),
    },
    {
      weight: 3,
      arbitrary: fc.tuple(receptionId, done).map(([receptionId, result]): Event => ({ type: 'proved', receptionId, result })),
    },
    {
      weight: 3,
      arbitrary: fc
        .tuple(receptionId, result(fc.record({ segmentOfResult: fc.constantFrom('1', '1', '9'), validity })))
        .map(([receptionId, result]) => ({ type: 'eligibility-answered', receptionId, result }) as Event),
    },
    {
      weight: 3,
      arbitrary: fc
        .tuple(receptionId, handedOver)
        .map(([receptionId, result]): Event => ({ type: 'recorded', receptionId, result })),
    },
  );
}

type Taken = { readonly before: State; readonly event: Event; readonly after: State; readonly effects: readonly Effect[] };

/** What usually comes next, so that walks get deep; `pick` chooses. */
function likely(state: State, pick: number): Event {
  const choose = <T>(...options: readonly T[]): T => options[pick % options.length] as T;
  const receptionId = 'now';
  const intent = (intent: Intent): Event => ({ type: 'intent', intent });
  switch (state.at) {
    case 'idle':
    case 'interrupted':
      return { type: 'card-placed', receptionId };
    case 'unavailable':
      return { type: 'module-ready' };
    case 'reading': {
      const pin = choose(
        { at: 'ready' as const, triesLeft: 3 },
        { at: 'ready' as const, triesLeft: 1 },
        { at: 'locked' as const },
      );
      return { type: 'surveyed', receptionId, result: ok({ pin, portrait: true }), faceReady: true };
    }
    case 'choosing':
    case 'face-retry':
      return intent({ type: 'choose', method: choose('face', 'pin') });
    case 'stopped':
      return intent(choose<Intent>({ type: 'choose', method: choose('face', 'pin') }, { type: 'type-code' }));
    case 'matching-face':
      return {
        type: 'face-decided',
        receptionId,
        result: choose(ok(decision(true)), ok(decision(false)), failed('FACE-402'), failed('CARD-108')),
      };
    case 'warning-last-try':
      return intent({ type: 'continue' });
    case 'entering-pin':
      return state.digits === 4 ? intent({ type: 'continue' }) : { type: 'pin-key', digits: 4 };
    case 'typing-code':
      return state.digits === 14 ? intent({ type: 'continue' }) : { type: 'pin-key', digits: 14 };
    case 'verifying-pin':
      return {
        type: 'pin-verified',
        receptionId,
        result: ok(choose({ at: 'right' }, { at: 'wrong', triesLeft: 1 }, { at: 'locked' })),
      };
    case 'proving':
      return { type: 'proved', receptionId, result: ok() };
    case 'consenting':
      return intent({ type: 'consent', items: ['medicines'] });
    case 'querying':
      return { type: 'eligibility-answered', receptionId, result: ok({ segmentOfResult: '1', validity: choose('1', '6', '4') }) };
    case 'recording':
      return choose<Event>({ type: 'recorded', receptionId, result: ok('handed-over' as const) }, { type: 'card-removed' });
    case 'done':
      return { type: 'time-out' };
    case 'take-card':
      return { type: 'card-removed' };
  }
}

function walk(choices: readonly { readonly usual: number; readonly pick: number; readonly event: Event }[]): Taken[] {
  let state: State = { at: 'idle' };
  return choices.map(({ usual, pick, event: unusual }) => {
    const before = state;
    const event = usual > 1 ? likely(state, pick) : unusual;
    const step = transition(state, event);
    state = step.state;
    return { before, event, after: state, effects: step.effects };
  });
}

const walks = fc
  .array(fc.record({ usual: fc.integer({ min: 0, max: 9 }), pick: fc.nat(1000), event: anyEvent() }), {
    minLength: 10,
    maxLength: 60,
    size: 'max',
  })
  .map(walk);
const law = (check: (steps: Taken[]) => void) => fc.assert(fc.property(walks, check), { numRuns: 2000 });

test('the walks reach every state, so that the laws below are not empty', () => {
  const reached = new Map<State['at'], number>();
  for (const steps of fc.sample(walks, { numRuns: 2000, seed: 7 })) {
    for (const { after } of steps) reached.set(after.at, (reached.get(after.at) ?? 0) + 1);
  }
  const least = Math.min(...reached.values());
  expect([reached.size, least > 20], JSON.stringify([...reached])).toEqual([18, true]);
});

describe('laws of the flow, whatever happens in whatever order', () => {
  test('one confirmed entry of four digits is one VERIFY, never below what the patient was told', () =>
    law((steps) => {
      for (const { before, event, effects } of steps) {
        const verifies = effects.filter((effect) => effect.do === 'verify-pin');
        if (verifies.length === 0) continue;
        expect(verifies).toHaveLength(1);
        expect(before.at).toBe('entering-pin');
        expect(event).toEqual({ type: 'intent', intent: { type: 'continue' } });
        if (before.at === 'entering-pin')
          expect([before.digits, verifies[0]]).toEqual([4, { do: 'verify-pin', knownTriesLeft: before.triesLeft }]);
      }
    }));

  test('照合番号B is typed only where its reading failed, and goes on only when it is whole', () =>
    law((steps) => {
      for (const { before, event, after, effects } of steps) {
        if (after.at === 'typing-code' && before.at !== 'typing-code')
          expect(before).toMatchObject({ at: 'stopped', offers: expect.arrayContaining(['type-code']) });
        if (before.at !== 'typing-code' || after.at !== 'matching-face') continue;
        expect(before.digits).toBe(14);
        expect(event).toEqual({ type: 'intent', intent: { type: 'continue' } });
        expect(effects).toEqual([{ do: 'match-face' }]);
      }
    }));

  test('the last PIN try is entered only from its warning', () =>
    law((steps) => {
      for (const { before, after } of steps) {
        if (after.at === 'entering-pin' && after.triesLeft === 1 && before.at !== 'entering-pin')
          expect(before.at).toBe('warning-last-try');
      }
    }));

  test('success is shown only for what was recorded, and recorded only for a proved and consented reception', () =>
    law((steps) => {
      let [proved, consented, recorded] = [false, false, false];
      for (const { before, event, after, effects } of steps) {
        if (event.type === 'card-placed' && after.at === 'reading' && before.at !== 'reading')
          [proved, consented, recorded] = [false, false, false];
        if (before.at === 'proving' && after.at === 'consenting') proved = true;
        if (before.at === 'consenting' && after.at === 'querying') consented = true;
        if (effects.some((effect) => effect.do === 'record')) expect(proved && consented).toBe(true);
        if (event.type === 'recorded' && event.result.ok && before.at === 'recording') recorded = true;
        if (after.at === 'done') expect(recorded).toBe(true);
      }
    }));

  test('a removed card ends the reception from every state and all that is personal is let go', () =>
    law((steps) => {
      for (const { before, event, after, effects } of steps) {
        if (event.type !== 'card-removed' || !('reception' in before)) continue;
        if (before.at === 'recording' || before.at === 'done') expect(after).toEqual({ ...before, cardGone: true });
        else {
          expect(['idle', 'interrupted']).toContain(after.at);
          expect(effects).toContainEqual({ do: 'end' });
        }
      }
    }));

  test('whenever the start screen shows, all that is personal has been let go', () =>
    law((steps) => {
      let held = false;
      for (const { after, effects } of steps) {
        for (const effect of effects) {
          if (effect.do === 'survey') held = true;
          if (effect.do === 'end') held = false;
        }
        if (!('reception' in after)) expect(held).toBe(false);
      }
    }));

  test('a card that has gone is not waited for', () =>
    law((steps) => {
      let there = false;
      for (const { event, after, effects } of steps) {
        if (effects.some((effect) => effect.do === 'survey')) there = true;
        if (event.type === 'card-removed' || event.type === 'module-lost') there = false;
        if (after.at === 'stopped' || after.at === 'take-card') expect(there).toBe(true);
      }
    }));

  test('an answer to an earlier reception changes nothing', () =>
    law((steps) => {
      for (const { before, event, after, effects } of steps) {
        if (!('receptionId' in event) || event.type === 'card-placed' || event.receptionId === 'now') continue;
        expect([after, effects]).toEqual([before, []]);
      }
    }));

  test('a way that is closed is neither offered nor begun', () =>
    law((steps) => {
      for (const { before, after, effects } of steps) {
        if (after.at === 'stopped') {
          const { pin, face } = after.reception;
          if (pin.at !== 'ready') expect(after.offers).not.toContain('pin');
          if (!face) expect(after.offers).not.toContain('face');
        }
        if (effects.some((effect) => effect.do === 'match-face') && 'reception' in before)
          expect(before.reception.face || before.at === 'typing-code').toBe(true);
      }
    }));

  test('time alone brings every state to one that waits for the card, within its bounds', () =>
    law((steps) => {
      let state = steps.at(-1)?.after ?? { at: 'idle' };
      for (let i = 0; i < 6; i++) {
        if (state.at === 'idle' || state.at === 'unavailable' || state.at === 'take-card') return;
        expect(boundOf(state)?.ms).toBeLessThanOrEqual(120_000);
        state = transition(state, { type: 'time-out' }).state;
      }
      expect.fail(`still ${state.at} after six bounds`);
    }));
});

test('no fault shows a patient’s difficulty as a thing of the device', () => {
  for (const code of faultCodes) {
    if (/^(PIN|TIME|FACE-40[12]|CARD)/.test(code)) expect(catalogue[code].light).toBe('help');
  }
});
