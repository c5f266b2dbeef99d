import { expect, test } from 'vitest';
import { expiryDate, verificationCodeB } from '../../src/bench/card/verification-code.ts';
import { personas } from '../../src/bench/personas.ts';

const people = personas.filter(({ kind }) => kind === 'my-number');

test('every id and title is one of a kind, in both languages', () => {
  for (const values of [
    personas.map(({ id }) => id),
    personas.map(({ title }) => title.ja),
    personas.map(({ title }) => title.en),
  ]) {
    expect(new Set(values).size).toBe(values.length);
    expect(values).not.toContain('');
  }
});

test('every person has a name and an insured number of their own', () => {
  expect(new Set(people.map(({ name }) => name)).size).toBe(people.length);
  const insured = people.map(({ insurer }) => `${insurer.id}-${insurer.branch}`);
  expect(new Set(insured).size).toBe(people.length);
  for (const { name, kana } of people) {
    expect(name).toMatch(/^[^ ]+　[^ ]+$/);
    expect(kana).toMatch(/^[ｦ-ﾟ]+ [ｦ-ﾟ]+$/);
  }
});

test('a foreign holder’s 照合番号B has the Gregorian year', () => {
  expect(verificationCodeB('1987-03-25', '2031', '2906', 'gregorian')).toBe('87032520312906');
});

test('an expired card ended on a birthday that has passed', () => {
  expect(expiryDate('1973-08-08', new Date('2026-04-01T00:00:00Z'), -1)).toBe('20250808');
});
