import { expect, test } from 'vitest';
import { expiryDate, verificationCodeB } from '../../src/bench/card/verification-code.ts';
import { birthOn } from '../../src/bench/persona.ts';
import { personaById, personas } from '../../src/bench/personas.ts';
import { ageOn } from '../../src/reception/questions.ts';

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

test.each(['2026-04-01', '2026-12-31', '2027-01-01', '2028-03-01'])('ages are so to the day, on %s', (today) => {
  const justAfterMidnight = new Date(`${today}T00:00:01+09:00`);
  const ageOf = (id: string) => ageOn(birthOn(personaById(id) ?? expect.fail(id), justAfterMidnight), today);
  expect(['forty-tomorrow', 'forty-today', 'seventy-five-tomorrow', 'seventy-five-today'].map(ageOf)).toEqual([39, 40, 74, 75]);
  expect(['under-forty', 'twin-brother', 'small-child', 'baby-pin-locked', 'grown-child'].map(ageOf)).toEqual([33, 33, 0, 0, 8]);
});

test('the twins share face and birth, and neither card nor number', () => {
  const [elder, younger] = ['under-forty', 'twin-brother'].map((id) => personaById(id) ?? expect.fail(id));
  expect(younger?.face).toBe(elder?.face);
  expect(younger?.birth).toBe(elder?.birth);
  expect(younger?.securityCode).not.toBe(elder?.securityCode);
});
