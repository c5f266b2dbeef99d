/** Wherever the reader cannot help today, it names what to show instead. */
import { expect, test } from 'vitest';
import { adviceFor, type Paper } from '../../src/faults/advice.ts';
import { catalogue, faultCodes, type Offer } from '../../src/faults/catalogue.ts';
import { languages } from '../../src/texts/index.ts';

/** These are shown together with the card, which must be worth something still. */
const withTheCard: readonly Paper[] = ['qualification-notice', 'portal-screen'];

test.each(faultCodes)('%s names something that helps whoever has nothing else', (code) => {
  const { show } = adviceFor(code);
  expect(show).toEqual(expect.arrayContaining(['qualification-certificate', 'declaration']));
});

test('an expired card, or one of another kind, is not asked to be shown', () => {
  for (const code of ['GATE-511', 'CARD-103'] as const)
    expect(adviceFor(code).show.filter((paper) => withTheCard.includes(paper))).toEqual([]);
});

test('what ends a reception at the card, its PIN, its certificate or its registration says where that is mended', () => {
  const mended = ['CARD-105', 'PIN-302', 'GATE-505', 'GATE-506', 'GATE-508', 'GATE-511'] as const;
  expect(mended.map((code) => adviceFor(code).mend)).toEqual([
    'certificate',
    'pin',
    'certificate',
    'certificate',
    'registration',
    'card',
  ]);
});

test('staff are offered wherever anything fails, but where the patient has chosen to stop', () => {
  const offers = (code: (typeof faultCodes)[number]): readonly Offer[] => catalogue[code].offers;
  expect(faultCodes.filter((code) => !offers(code).includes('staff'))).toEqual(['TIME-802']);
});

test.each(Object.entries(languages))('%s calls every paper by its name', (_language, { papers }) => {
  expect(new Set(Object.values(papers.names)).size).toBe(4);
  for (const name of Object.values(papers.names)) expect(name.length).toBeGreaterThan(3);
});
