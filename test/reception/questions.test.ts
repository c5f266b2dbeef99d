import { describe, expect, test } from 'vitest';
import { certificateDays, certificateGrace } from '../../src/reception/certificate-reminder.ts';
import {
  type Askable,
  ageOn,
  consentAnswers,
  type FacilitySettings,
  questionsFor,
  refused,
} from '../../src/reception/questions.ts';

const everything: Askable = {
  birthdate: '1981-05-14',
  items: ['medicines', 'checkups', 'treatment', 'surgery'],
  subsidy: false,
  prescriptions: [],
};
const clinic: FacilitySettings = {
  kind: 'clinic',
  consentItems: ['medicines', 'checkups', 'treatment', 'surgery', 'specific-diseases'],
  electronicPrescription: '0',
  prescriptionAsked: '1',
};
const today = '2026-11-22';
const asks = (askable: Partial<Askable>, facility: Partial<FacilitySettings> = {}) =>
  questionsFor({ ...everything, ...askable }, { ...clinic, ...facility }, today);

describe('health check-ups are asked by age, to the day', () => {
  test.each([
    ['1986-11-23', 39, false, 'specific'],
    ['1986-11-22', 40, true, 'specific'],
    ['1951-11-23', 74, true, 'specific'],
    ['1951-11-22', 75, true, 'elderly'],
  ])('born %s: %i years', (birthdate, age, asked, checkups) => {
    expect(ageOn(birthdate, today)).toBe(age);
    const [question] = asks({ birthdate });
    expect(question).toMatchObject({ ask: 'consent', checkups });
    expect(question?.ask === 'consent' && question.items.includes('checkups')).toBe(asked);
  });

  test('who was born on 29 February is older on 1 March of a common year', () => {
    expect([ageOn('2004-02-29', '2025-02-28'), ageOn('2004-02-29', '2025-03-01'), ageOn('2004-02-29', '2024-02-29')]).toEqual([
      20, 21, 20,
    ]);
  });
});

describe('what is asked', () => {
  test('is what the facility asks of what there is', () => {
    expect(asks({ items: ['medicines', 'surgery'] }, { consentItems: ['medicines', 'checkups'] })).toEqual([
      { ask: 'consent', items: ['medicines'], checkups: 'specific' },
    ]);
    expect(asks({ items: [] })).toEqual([]);
  });

  test('a certificate of a specific disease is a question of its own', () =>
    expect(asks({ items: ['medicines', 'specific-diseases'] })).toEqual([
      { ask: 'consent', items: ['medicines'], checkups: 'specific' },
      { ask: 'specific-diseases' },
    ]));

  test('a subsidy only where there is one', () =>
    expect([asks({}).length, asks({ subsidy: true }).at(-1)]).toEqual([1, { ask: 'subsidy' }]));

  test('the prescription’s form only at a clinic that has it and asks here', () => {
    const last = (facility: Partial<FacilitySettings>) => asks({}, facility).at(-1)?.ask;
    expect(last({ electronicPrescription: '1', prescriptionAsked: '2' })).toBe('prescription');
    expect(last({ electronicPrescription: '1', prescriptionAsked: '1' })).toBe('consent');
    expect(last({ electronicPrescription: '0', prescriptionAsked: '2' })).toBe('consent');
  });

  test('what to dispense only at a pharmacy, and only where something can be', () => {
    const prescriptions = [{ id: 'one', issuedOn: '2026-11-20', institution: '架空医院' }];
    const pharmacy = { kind: 'pharmacy', electronicPrescription: '1' } as const;
    expect(asks({ prescriptions }, pharmacy).at(-1)).toEqual({ ask: 'dispensing', count: 1 });
    expect(asks({}, pharmacy).at(-1)?.ask).toBe('consent');
    expect(asks({ prescriptions }, { electronicPrescription: '1' }).at(-1)?.ask).toBe('consent');
  });
});

test('what was not asked has no flag; what was asked and not agreed to is refused', () => {
  expect(consentAnswers({ asked: ['medicines', 'surgery'], consents: ['surgery'] })).toEqual({ medicines: '0', surgery: '1' });
  const cut = refused(asks({ items: ['medicines', 'specific-diseases'] }), {
    asked: ['surgery'],
    consents: ['surgery'],
    subsidy: true,
  });
  expect(consentAnswers(cut)).toEqual({ surgery: '0', medicines: '0', 'specific-diseases': '0' });
  expect(cut.subsidy).toBe(true);
});

describe('a certificate is told of from three months before its end, to the day', () => {
  test.each([
    ['2027-02-22', 92],
    ['2027-02-23', undefined],
    ['2026-11-22', 0],
    ['2026-11-21', undefined],
    ['2027-01-21', 60],
  ])('ends %s', (endsOn, days) => expect(certificateDays(endsOn, today)).toBe(days));

  test('31 May is told of from the last day of February', () =>
    expect([certificateDays('2026-05-31', '2026-02-27'), certificateDays('2026-05-31', '2026-02-28')]).toEqual([undefined, 92]));
});

test.each([
  ['2026-11-22', undefined],
  ['2026-11-21', { past: 1, left: 98 }],
  ['2026-08-01', { past: 113, left: 8 }],
  ['2026-07-31', { past: 114, left: 0 }],
])('the grace of one that ended on %s: the rest of that month and three more, to the day', (endsOn, grace) => {
  expect(certificateGrace(endsOn, today)).toEqual(grace);
});
