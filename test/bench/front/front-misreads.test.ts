/** The campaign `bench:front` in small: on seeds of its own, no value is given that is not the card's. */
import { expect, test } from 'vitest';
import { conditionKinds } from '../../../src/bench/front/condition.ts';
import { tryFront } from '../../campaigns/front-trial.ts';

const ROUNDS = 9;

test.each(conditionKinds)('%s: nothing is misread', { timeout: 240_000 }, async (kind) => {
  const outcomes: Record<string, number> = { right: 0, wrong: 0, fallback: 0 };
  for (let round = 0; round < ROUNDS; round++) {
    const { outcome, seed, detail } = await tryFront(kind, `test-${kind}-${round}`);
    expect(outcome, `${seed}: ${detail}`).not.toBe('wrong');
    outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
  }
  // A reader that reads nothing would misread nothing either.
  if (kind === 'usual') expect(outcomes['right']).toBe(ROUNDS);
  if (kind === 'unreadable') expect(outcomes['right']).toBe(0);
});
