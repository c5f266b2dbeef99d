import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { catalogue, faultCodes } from '../../src/faults/catalogue.ts';
import { boundOf } from '../../src/reception/bounds.ts';
import type { Reception, State } from '../../src/reception/state.ts';
import { transition } from '../../src/reception/transition.ts';
import { allQuestions, fittingAnswer, type Taken, walks } from './walks.ts';

/** As many as state.ts lists. */
const STATES = 25;

const receptionOf = (id: string): Reception => ({
  ...{ id, pin: { at: 'ready', triesLeft: 3 }, carrier: 'card', face: true, visual: true, faceAttempts: 0, hurry: false },
});

const law = (check: (steps: Taken[]) => void) => fc.assert(fc.property(walks, check), { numRuns: 2000 });

test('the walks reach every state, so that the laws below are not empty', () => {
  const reached = new Map<State['at'], number>();
  for (const steps of fc.sample(walks, { numRuns: 2000, seed: 7 })) {
    for (const { after } of steps) reached.set(after.at, (reached.get(after.at) ?? 0) + 1);
  }
  const least = Math.min(...reached.values());
  expect([reached.size, least > 20], JSON.stringify([...reached])).toEqual([STATES, true]);
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

  test('success is shown only for what was recorded, and recorded only for a proved reception whose questions were asked', () =>
    law((steps) => {
      let [proved, asked, recorded] = [false, false, false];
      for (const { before, event, after, effects } of steps) {
        if (event.type === 'card-placed' && after.at === 'reading' && before.at !== 'reading')
          [proved, asked, recorded] = [false, false, false];
        if ((event.type === 'proved' || event.type === 'registered') && event.result.ok && effects.length > 0) proved = true;
        if (effects.some((effect) => effect.do === 'query')) asked = true;
        if (effects.some((effect) => effect.do === 'record')) expect(proved && asked).toBe(true);
        if (event.type === 'recorded' && event.result.ok && before.at === 'recording') recorded = true;
        if (after.at === 'done') expect(recorded).toBe(true);
      }
    }));

  test('a removed card ends the reception, and once identity is proved all of card and face is let go', () =>
    law((steps) => {
      for (const { before, event, after, effects } of steps) {
        if (event.type !== 'card-removed' || !('reception' in before)) continue;
        if ('cardGone' in before || before.at === 'asking' || before.at === 'qualification-only') {
          expect(after).toMatchObject({ cardGone: true });
          expect(effects).toContainEqual({ do: 'forget-card' });
        } else {
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
        expect(boundOf(state)?.ms).toBeLessThanOrEqual(180_000);
        state = transition(state, { type: 'time-out' }).state;
      }
      expect.fail(`still ${state.at} after six bounds`);
    }));
});

describe('what was answered', () => {
  test('nothing is agreed to that was not asked and answered with yes', () =>
    law((steps) => {
      for (const { before, event, effects } of steps) {
        const query = effects.find((effect) => effect.do === 'query');
        if (!query) continue;
        expect(query.given.asked).toEqual(expect.arrayContaining([...query.given.consents]));
        if (event.type === 'card-removed' || event.type === 'module-lost') expect(query.given.consents).toEqual([]);
        if (before.at === 'qualification-only') expect(query.given).toEqual({ asked: [], consents: [] });
      }
    }));

  test('an answer to another question changes nothing', () => {
    const asking: State = {
      at: 'asking',
      reception: receptionOf('now'),
      method: 'face',
      questions: [{ ask: 'subsidy' }],
      given: { asked: [], consents: [] },
    };
    for (const question of allQuestions) {
      const step = transition(asking, { type: 'intent', intent: { type: 'answer', answer: fittingAnswer(question) } });
      expect(step.state.at).toBe(question.ask === 'subsidy' ? 'querying' : 'asking');
    }
  });
});

describe('目視確認', () => {
  test('comes only from staff, and only before identity is proved', () =>
    law((steps) => {
      for (const { before, event, effects } of steps) {
        const proof = effects.find((effect) => effect.do === 'prove' && effect.method === 'visual');
        if (!proof) continue;
        const byDesk = event.type === 'approved';
        const byPassword = event.type === 'staff-verified' && event.result.ok && event.result.value.at === 'right';
        expect(byDesk || byPassword).toBe(true);
        expect(before).toMatchObject({ reception: { visual: true } });
        expect(['proving', 'asking', 'querying', 'recording', 'done', 'take-card']).not.toContain(before.at);
      }
    }));

  test('is over with the patient: the next reception begins without it', () =>
    law((steps) => {
      for (const { event, after, effects } of steps) {
        if (event.type === 'card-placed' && effects.length > 0) expect(after).toMatchObject({ reception: { visual: false } });
      }
    }));
});

test('whoever is told that time runs out can have more by one touch, without any other effect', () =>
  law((steps) => {
    for (const { after } of steps) {
      if (!('reception' in after) || !after.reception.hurry) continue;
      const { state, effects } = transition(after, { type: 'intent', intent: { type: 'extend' } });
      expect(state).toEqual({ ...after, reception: { ...after.reception, hurry: false } });
      expect(effects).toEqual([]);
    }
  }));

test('no fault shows a patient’s difficulty as a thing of the device', () => {
  for (const code of faultCodes) {
    if (/^(PIN|TIME|FACE-40[127]|CARD|STAFF-85[124])/.test(code)) expect(catalogue[code].light).toBe('help');
  }
});
