/** Where a card is put into a slot, nobody is asked to lay it down. */
import { expect, test } from 'vitest';
import { catalogue, type FaultCode, faultCodes } from '../../src/faults/catalogue.ts';
import { languages } from '../../src/texts/index.ts';

const { faults, slot } = languages.ja;
const forSlot: Partial<Record<FaultCode, string>> = slot.advice;

/** 置く, 置き直す: to lay it down, or anew. */
const LAYING = /置/;

test.each(faultCodes.filter((code) => LAYING.test(faults[code].advice)))('%s has words for a slot', (code) => {
  expect(forSlot[code]).toMatch(/差|抜/);
  expect(forSlot[code]).not.toMatch(LAYING);
});

test('every fault that is mended by placing the card again says so in both words', () => {
  const placedAgain = faultCodes.filter((code) => (catalogue[code].offers as readonly string[]).includes('place-again'));
  expect(placedAgain.filter((code) => !LAYING.test(faults[code].advice) || !forSlot[code])).toEqual([]);
});

test.each(Object.entries(languages))(
  '%s says it otherwise than for a tray',
  (_language, { faults: own, slot: words, waiting }) => {
    for (const [code, advice] of Object.entries(words.advice)) expect(advice).not.toBe(own[code as FaultCode].advice);
    expect(words.cardGone).not.toBe(waiting.cardGone);
  },
);
