import { expect, test } from 'vitest';
import type { Question } from '../../../src/reception/questions.ts';
import type { PatientAnswer } from '../../../src/reception/state.ts';
import { ja } from '../../../src/texts/ja.ts';
import { useCounter } from '../use-counter.ts';
import { lastResult, lastSidecar } from './result-file.ts';

/** What a patient is asked, by age, by what there is of them and by what the facility wants; and what becomes of each answer. */
const the = useCounter();

const all = ['medicines', 'checkups', 'treatment', 'surgery'];
const asked = () => the.counter.screen() as Extract<ReturnType<typeof the.counter.screen>, { at: 'asking' }>;

test('1 woman in her forties, by face, agrees to all', async () => {
  await the.counter.provesByFace('adult');
  expect(asked().question).toEqual({ ask: 'consent', items: all, checkups: 'specific' });
  the.counter.answerAll();
  await the.counter.sees('done');
  expect(the.counter.shown).toEqual([
    ...['reading', 'choosing', 'matching-face', 'proving', 'asking', 'querying', 'recording', 'done'],
  ]);
  expect(the.counter.screen()).toMatchObject({ method: 'face', validity: '1', handOver: 'handed-over', cutShort: false });
  expect(the.counter.bench.panel).toMatchObject({ light: 'success', lastSound: 'success' });
  expect(the.counter.lastRow()).toEqual({
    ...{ method: 'face', outcome: 'accepted', validity: '1', approver: null },
    given: { asked: all, consents: all },
  });
  const { text, flags } = lastResult(the.counter);
  expect([text('SegmentOfResult'), text('QualificationValidity'), text('Name')]).toEqual(['1', '1', '見本　花子']);
  expect(flags).toEqual({ TKK: '1', YZK: '1', SRJ: '1', SHJ: '1' });
  expect(lastSidecar(the.counter)).toMatchObject({ method: 'face', readerId: 'KZTEST01', simulated: true });
});

test('2 man of 33, by PIN, agrees to all: nothing of check-ups is asked or told', async () => {
  await the.counter.provesByPin('under-forty');
  expect(asked().question).toMatchObject({ items: ['medicines', 'treatment', 'surgery'] });
  the.counter.answerAll();
  await the.counter.sees('done');
  expect(the.counter.screen()).toMatchObject({ method: 'pin', validity: '1' });
  expect(the.counter.lastRow()).toMatchObject({ method: 'pin', given: { asked: ['medicines', 'treatment', 'surgery'] } });
  expect(lastResult(the.counter).flags).toEqual({ YZK: '1', SRJ: '1', SHJ: '1' });
  expect(the.counter.pinVerifies()).toBe(1);
});

test.each([
  { persona: 'forty-tomorrow', shown: false },
  { persona: 'forty-today', shown: true },
])('3 $persona, by face: check-ups asked for: $shown', async ({ persona, shown }) => {
  await the.counter.provesByFace(persona);
  const { question } = asked();
  expect(question.ask === 'consent' && question.items.includes('checkups')).toBe(shown);
  the.counter.answerAll();
  await the.counter.sees('done');
  expect(the.counter.lastRow()).toMatchObject({ method: 'face', outcome: 'accepted' });
  expect(lastResult(the.counter).flags.TKK).toBe(shown ? '1' : undefined);
});

test.each([
  { persona: 'seventy-five-tomorrow', checkups: 'specific', name: '特定健診' },
  { persona: 'seventy-five-today', checkups: 'elderly', name: '後期高齢者健診' },
] as const)('4 $persona, by face: they are called $name', async ({ persona, checkups, name }) => {
  await the.counter.provesByFace(persona);
  expect(asked().question).toEqual({ ask: 'consent', items: all, checkups });
  expect({ specific: ja.consent.items.checkups.name, elderly: ja.consent.elderlyCheckups }[checkups]).toBe(name);
  the.counter.answerAll();
  await the.counter.sees('done');
  expect(the.counter.lastRow()).toMatchObject({ method: 'face', outcome: 'accepted' });
  expect(lastResult(the.counter).flags).toMatchObject({ TKK: '1' });
});

test('5 refuses all: received like anybody else, and every flag is 0', async () => {
  await the.counter.provesByPin('adult');
  expect(ja.consent.care).toBe('提供しなくても、診療には影響しません。');
  the.counter.answer({ to: 'consent', items: [] });
  await the.counter.sees('done');
  expect(the.counter.screen()).toMatchObject({ validity: '1', cutShort: false });
  expect(the.counter.lastRow()).toMatchObject({ outcome: 'accepted', given: { asked: all, consents: [] } });
  const { text, flags } = lastResult(the.counter);
  expect(flags).toEqual({ TKK: '0', YZK: '0', SRJ: '0', SHJ: '0' });
  expect([text('PharmacistsInfoConsTime'), text('PharmacistsInfoAvailableTime')]).toEqual([undefined, undefined]);
});

test('6 shares medicines alone', async () => {
  await the.counter.provesByPin('adult');
  the.counter.answer({ to: 'consent', items: ['medicines'] });
  await the.counter.sees('done');
  expect(the.counter.lastRow().given).toEqual({ asked: all, consents: ['medicines'] });
  const { text, flags } = lastResult(the.counter);
  expect(flags).toEqual({ TKK: '0', YZK: '1', SRJ: '0', SHJ: '0' });
  // The information may be seen for a day.
  expect([text('PharmacistsInfoConsTime'), text('PharmacistsInfoAvailableTime')]).toEqual([
    expect.stringMatching(/^20260401\d{6}$/),
    expect.stringMatching(/^20260402\d{6}$/),
  ]);
});

/** Yes or no to 特定疾病, nothing else. */
const diseases =
  (yes: boolean) =>
  (question: Question): PatientAnswer =>
    question.ask === 'consent' ? { to: 'consent', items: [] } : { to: 'specific-diseases', yes };

test.each([
  { yes: true, flag: '1', category: '1', selfPay: '10000' },
  { yes: false, flag: '0', category: undefined, selfPay: undefined },
])('7 dialysis patient: 特定疾病 is asked apart, yes: $yes', async ({ yes, flag, category, selfPay }) => {
  await the.counter.provesByPin('dialysis');
  const { questions } = the.counter.reader.state as Extract<typeof the.counter.reader.state, { at: 'asking' }>;
  expect(questions.map(({ ask }) => ask)).toEqual(['consent', 'specific-diseases']);
  the.counter.answerAll(diseases(yes));
  await the.counter.sees('done');
  expect(the.counter.lastRow().given).toEqual({
    asked: [...all, 'specific-diseases'],
    consents: yes ? ['specific-diseases'] : [],
  });
  const { text, flags } = lastResult(the.counter);
  expect(flags).toEqual({ TSR: flag, TKK: '0', YZK: '0', SRJ: '0', SHJ: '0' });
  expect([text('SpecificDiseasesDiseaseCategory'), text('SpecificDiseasesSelfPay')]).toEqual([category, selfPay]);
});

const withoutSurgery = ['medicines', 'checkups', 'treatment', 'specific-diseases'] as const;

test('8 surgery is off by the clinic’s registration at the gateway: it is neither asked nor told', async () => {
  const { controls } = the.counter.bench.gateway;
  controls.facility = { ...controls.facility, consentItems: [...withoutSurgery] };
  await the.counter.provesByFace('adult');
  await isNotAskedForSurgery('face');
});

test('8 surgery is turned off at the desk, while the card lies there already: it is neither asked nor told', async () => {
  const { options } = the.counter.staff;
  await the.counter.comesToChoose('adult');
  expect(options.change({ ...options.options(), consentItems: withoutSurgery })).toMatchObject({ ok: true });
  the.counter.choose('pin');
  the.counter.enterPin('1234');
  await the.counter.sees('asking');
  await isNotAskedForSurgery('pin');
});

async function isNotAskedForSurgery(method: string): Promise<void> {
  expect(asked().question).toMatchObject({ items: ['medicines', 'checkups', 'treatment'] });
  the.counter.answerAll();
  await the.counter.sees('done');
  expect(the.counter.lastRow()).toMatchObject({ method, given: { asked: ['medicines', 'checkups', 'treatment'] } });
  expect(lastResult(the.counter).flags).toEqual({ TKK: '1', YZK: '1', SRJ: '1' });
}
