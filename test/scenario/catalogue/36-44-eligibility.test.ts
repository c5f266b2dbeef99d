import { describe, expect, test } from 'vitest';
import { textImage } from '../../../src/bench/card/text-image.ts';
import { adviceFor } from '../../../src/faults/advice.ts';
import { elementsNamed, type OqsElement } from '../../clinic/read-oqs.ts';
import { useCounter } from '../use-counter.ts';
import { lastResult, lastSidecar } from './result-file.ts';

/** What the insurers know, or do not know, of somebody whose identity is proved. */
const the = useCounter();

/** Proves by PIN, agrees to whatever is asked, and comes to a screen that says what staff need. */
async function comesToStaff(persona: string, code: 'ELIG-601' | 'ELIG-602' | 'ELIG-603' | 'ELIG-605') {
  the.counter.reader.onChange(({ at }) => at === 'asking' && queueMicrotask(() => the.counter.answerAll()));
  await the.counter.comesToChoose(persona);
  the.counter.choose('pin');
  the.counter.enterPin('1234');
  await the.counter.seesFault(code);
  expect(the.counter.screen()).toEqual({ at: 'stopped', code, offers: ['staff', 'take-card'] });
  expect([the.counter.bench.panel.light, the.counter.audited().includes('reception.accepted')]).toEqual(['help', false]);
  expect(the.counter.desk.receptions(1)).toMatchObject([{ outcome: code, handOver: 'handed-over' }]);
  return { ...lastResult(the.counter), advice: adviceFor(code) };
}

test('36 eligibility lost: asks at the desk for the newer one, and the clinic gets the lost one for reference', async () => {
  const { text, advice } = await comesToStaff('lost-eligibility', 'ELIG-602');
  expect(advice).toMatchObject({ show: expect.arrayContaining(['qualification-notice']), mend: 'insurer' });
  expect(the.counter.lastRow()).toMatchObject({ method: 'pin', validity: '2', outcome: 'ELIG-602' });
  expect([text('QualificationValidity'), text('Name'), text('DisqualificationDate')]).toEqual(['2', '試験　茜', '20250401']);
});

test('37 nothing found, as when an insurer is late: no fault of the patient’s, and 申立書 for the desk', async () => {
  const { text, advice } = await comesToStaff('not-found', 'ELIG-601');
  expect(advice).toMatchObject({ show: expect.arrayContaining(['declaration']), mend: 'insurer' });
  expect(the.counter.lastRow()).toMatchObject({ validity: '4', outcome: 'ELIG-601' });
  expect([text('QualificationValidity'), text('Name')]).toEqual(['4', undefined]);
});

test('38 two insurers: staff choose, and the clinic gets both', async () => {
  await comesToStaff('several-insurers', 'ELIG-603');
  expect(the.counter.lastRow()).toMatchObject({ validity: '5', outcome: 'ELIG-603' });
  const { text, root } = lastResult(the.counter);
  expect(text('QualificationValidity')).toBe('5');
  expect(insurersIn(root)).toEqual(['06139999', '06139991']);
});

test('38 a lost eligibility with a newer one known has words of its own', async () => {
  const { text } = await comesToStaff('newer-eligibility', 'ELIG-605');
  expect(the.counter.lastRow()).toMatchObject({ validity: '3', outcome: 'ELIG-605' });
  expect([text('QualificationValidity'), text('DisqualificationDate')]).toEqual(['3', '20250401']);
});

test('39 生活保護 with its ticket: received, and the file has A1 and the ticket; medicines and check-ups are not asked', async () => {
  await the.counter.provesByFace('welfare');
  expect(the.counter.screen()).toMatchObject({ question: { ask: 'consent', items: ['treatment', 'surgery'] } });
  the.counter.answerAll();
  await the.counter.sees('done');
  expect(the.counter.lastRow()).toMatchObject({ method: 'face', validity: '1', outcome: 'accepted' });
  const { text, flags } = lastResult(the.counter);
  expect([text('InsuredCardClassification'), text('IssueNumber')]).toEqual(['A1', '00012345']);
  expect(flags).toEqual({ SRJ: '1', SHJ: '1' });
});

test('40 生活保護 whose ticket is not registered yet: received all the same, and desk and file say so', async () => {
  await the.counter.provesByPin('welfare-unregistered');
  the.counter.answerAll();
  await the.counter.sees('done');
  expect(the.counter.screen()).toMatchObject({ at: 'done', validity: '6' });
  expect(the.counter.desk.receptions(1)).toMatchObject([{ outcome: 'accepted', validity: '6' }]);
  const { text } = lastResult(the.counter);
  expect([text('QualificationValidity'), text('InsuredCardClassification'), text('MedicalTicketInfo')]).toEqual([
    '6',
    'A1',
    undefined,
  ]);
});

test('41 over 75 with two tenths: the ratio is in the file, and nothing is contradictory', async () => {
  await the.counter.provesByPin('elderly-two-tenths');
  expect(the.counter.screen()).toMatchObject({ question: { ask: 'consent', checkups: 'elderly' } });
  the.counter.answerAll();
  await the.counter.sees('done');
  expect(the.counter.desk.receptions(1)).toMatchObject([{ outcome: 'accepted', warnings: [] }]);
  const { text } = lastResult(the.counter);
  expect([text('QualificationValidity'), text('InsuredPartialContributionRatio')]).toEqual(['1', '020']);
});

test('42 twenty years old with two tenths: the desk is warned, the patient sees what everybody sees', async () => {
  await the.counter.provesByPin('wrong-ratio');
  the.counter.answerAll();
  const { reception } = await the.counter.sees('done');
  expect(the.counter.desk.receptions(1)).toMatchObject([{ outcome: 'accepted', warnings: [{ of: 'ratio', tenths: '2' }] }]);
  expect(the.counter.staff.news.warnings(reception.id)).toHaveLength(1);
  const seen = the.counter.screen();
  await the.counter.servesTheNext();
  expect(the.counter.screen()).toEqual(seen);
  expect(the.counter.desk.receptions(1)).toMatchObject([{ warnings: [] }]);
});

test('44 child with a certificate of a subsidy: to use it or not is recorded, and the file has it only if it is used', async () => {
  for (const uses of [true, false]) {
    await the.counter.provesByPin('child-subsidy');
    the.counter.answer({ to: 'consent', items: [] });
    expect(the.counter.screen()).toMatchObject({ at: 'asking', question: { ask: 'subsidy' } });
    the.counter.answer({ to: 'subsidy', yes: uses });
    await the.counter.sees('done');
    expect(the.counter.lastRow().given).toMatchObject({ subsidy: uses });
    expect(lastSidecar(the.counter)).toMatchObject({ subsidy: uses });
    expect(lastResult(the.counter).text('BenchSubsidyPayerNumber')).toBe(uses ? '83139999' : undefined);
    await the.counter.leaves();
  }
});

test('44 whoever has grown out of it is not asked', async () => {
  await the.counter.provesByPin('grown-up-subsidy');
  the.counter.answerAll();
  await the.counter.sees('done');
  expect(the.counter.lastRow().given).not.toHaveProperty('subsidy');
  expect(lastSidecar(the.counter)).not.toHaveProperty('subsidy');
});

describe('with result files in Shift_JIS', () => {
  const japanese = useCounter('gem', { encoding: 'shift_jis' });

  test('43 a kanji that came as ●: the desk sees the name as it is printed, for ten minutes', async () => {
    const { counter } = japanese;
    await counter.provesByFace('gaiji-name');
    const { reception } = await counter.agrees();
    expect(lastResult(counter).text('Name')).toBe('●野　悠');
    expect(counter.desk.receptions(1)).toMatchObject([{ hasGlyphs: true }]);
    const png = counter.desk.glyphs(reception.id)?.namePng;
    expect(png?.subarray(1, 4)).toEqual(Uint8Array.from(Buffer.from('PNG')));
    await counter.leaves();
    await counter.clock.advance(10 * 60_000);
    expect([counter.desk.glyphs(reception.id), counter.desk.receptions(1)[0]?.hasGlyphs]).toEqual([undefined, false]);
    expect(png?.every((byte) => byte === 0)).toBe(true);
  });

  test('43 a kanji that Shift_JIS does not have: ● in the file, the whole name and its picture at the desk', async () => {
    const { counter } = japanese;
    await counter.provesByFace('rare-name');
    const { reception } = await counter.agrees();
    expect(lastResult(counter).text('Name')).toBe('●●　澪');
    const glyphs = counter.desk.glyphs(reception.id);
    expect(glyphs?.replaced).toMatchObject([{ text: '髙﨑　澪' }]);
    expect(glyphs?.namePng?.length).toBeGreaterThan(100);
  });

  test('43 by PIN: the same picture reaches the desk while the card is still asked for, and nobody waits for it', async () => {
    const { counter } = japanese;
    await counter.provesByPin('gaiji-name');
    const { reception } = await counter.agrees();
    expect(counter.desk.glyphs(reception.id)?.namePng).toBeUndefined();
    await counter.clock.runUntil(() => counter.desk.glyphs(reception.id)?.namePng !== undefined, 8_000);
    expect(counter.desk.glyphs(reception.id)?.namePng).toEqual(await textImage('𠮷野　悠', 360, 48));
    expect([counter.desk.receptions(1)[0]?.hasGlyphs, counter.pinVerifies()]).toEqual([true, 1]);
    await counter.servesTheNext();
  });

  test('43 by eye: the same picture reaches the desk', async () => {
    const { counter } = japanese;
    await counter.comesToChoose('gaiji-name');
    counter.approveAtDesk('k-sato');
    await counter.sees('asking');
    const { reception } = await counter.agrees();
    await counter.clock.runUntil(() => counter.desk.glyphs(reception.id)?.namePng !== undefined, 8_000);
    await counter.leaves();
  });

  test('43 by PIN, the card taken at once: the desk has the text, and nothing is presented to the next card', async () => {
    const { counter } = japanese;
    await counter.provesByPin('gaiji-name');
    const { reception } = await counter.agrees();
    counter.takeCard();
    await counter.provesByPin('adult');
    expect(counter.desk.glyphs(reception.id)?.namePng).toBeUndefined();
    expect(counter.bench.placed?.card.statistics.verifies).toBe(1);
    await counter.agrees();
    await counter.leaves();
  });
});

const insurersIn = (root: OqsElement) => elementsNamed(root, 'InsurerNumber').map(({ text }) => text);
