import { expect, test } from 'vitest';
import { useCounter } from '../use-counter.ts';
import { expectNothingLeft } from './nothing-left.ts';
import { lastResult, lastSidecar } from './result-file.ts';

/** Network, gateway, cable or camera fail while somebody stands there. */
const the = useCounter();

test.each([
  ['is down', 'GATE-501'],
  ['does not answer', 'GATE-502'],
] as const)('48 the gateway %s at the query: an outage slip now, one result file later', async (trouble, code) => {
  const { controls } = the.counter.bench.gateway;
  await the.counter.provesByPin('adult');
  if (trouble === 'is down') controls.mode = 'down';
  else controls.eligibilityMs = 60_000;
  the.counter.agree();
  const { reception } = await the.counter.sees('pending', 31_000);
  expect(the.counter.shown).not.toContain('done');
  const number = reception.id.slice(-6).toUpperCase();
  expect(the.counter.screen()).toEqual({ at: 'pending', code, number, cardGone: false });
  expect(the.counter.desk.receptions(1)).toMatchObject([{ receptionId: reception.id, outcome: 'pending', method: 'pin' }]);
  expect(the.counter.desk.pending()).toMatchObject([{ receptionId: reception.id, code }]);
  expect([the.counter.recorded(), the.counter.clinicFiles()]).toEqual([[], []]);
  const [pending] = okay(the.counter.records.pending());
  await the.counter.leaves();

  controls.mode = 'normal';
  controls.eligibilityMs = 0;
  await the.counter.clock.runUntil(() => the.counter.resultFiles().length === 1, 600_000);
  expect(lastSidecar(the.counter)).toMatchObject({ receptionId: reception.id, lateSince: pending?.pendingAt.toISOString() });
  expect(the.counter.lastRow()).toMatchObject({
    method: 'pin',
    outcome: 'accepted',
    given: { consents: ['medicines', 'checkups'] },
  });
  expect(lastResult(the.counter).flags).toMatchObject({ YZK: '1', TKK: '1', SRJ: '0', SHJ: '0' });
  expect(the.counter.desk.pending()).toEqual([]);
  await the.counter.clock.advance(120_000);
  expect([the.counter.recorded().length, the.counter.resultFiles().length]).toEqual([1, 1]);
  expect(the.counter.audited().filter((name) => name === 'reception.accepted')).toHaveLength(1);
});

test('49 the gateway takes 12 seconds: the patient is told that it goes on, and the result comes', async () => {
  await the.counter.provesByPin('adult');
  the.counter.bench.gateway.controls.eligibilityMs = 12_000;
  the.counter.agree();
  await the.counter.sees('querying');
  await the.counter.clock.advance(11_000);
  // The words change on the page, at 3 and at 7 seconds.
  expect(the.counter.screen()).toEqual({ at: 'querying', cardGone: false });
  await the.counter.sees('done', 3_000);
  expect(the.counter.recorded()).toEqual([{ outcome: 'accepted', method: 'pin' }]);
  expect(lastResult(the.counter).text('QualificationValidity')).toBe('1');
  expect(lastSidecar(the.counter)).not.toHaveProperty('lateSince');
});

test('50 in progress twice, then an abnormal end: it waits, says so with its code, and the clinic gets the error', async () => {
  const { controls } = the.counter.bench.gateway;
  await the.counter.provesByPin('adult');
  controls.inProgress = 2;
  controls.abnormal = true;
  the.counter.agree();
  await the.counter.seesFault('ELIG-604');
  expect(controls.inProgress).toBe(0);
  expect(the.counter.screen()).toMatchObject({ code: 'ELIG-604', offers: ['staff', 'take-card'] });
  expect(the.counter.audited()).not.toContain('reception.accepted');
  await the.counter.leaves();
  await the.counter.clock.runUntil(() => the.counter.resultFiles().length === 1, 60_000);
  expect(the.counter.recorded()).toEqual([{ outcome: 'ELIG-604', method: 'pin' }]);
  const { text } = lastResult(the.counter);
  expect([text('SegmentOfResult'), text('ProcessingResultStatus'), text('ErrorCode')]).toEqual(['9', '2', 'OQC-OWSE0900000']);
});

test('51 the serial cable is unplugged mid-read and is back after 5 s: the card that still lies there begins anew', async () => {
  const { bench } = the.counter;
  await the.counter.placeCard('adult');
  await the.counter.sees('reading');
  await bench.unplug();
  await the.counter.sees('unavailable', 2_000);
  expect([the.counter.screen(), bench.panel.light]).toEqual([{ at: 'unavailable', code: 'MOD-202' }, 'attention']);
  expectNothingLeft(the.counter);
  await the.counter.clock.advance(5_000);
  await bench.plugIn();
  await the.counter.sees('choosing', 10_000);
  expectNothingLeft(the.counter);
  await the.counter.servesTheNext();
});

test('52 the camera is lost while it looks: the face is no longer offered, and the PIN goes on', async () => {
  const { camera } = the.counter.bench;
  await the.counter.comesToChoose('adult');
  await camera.look({ kind: 'page' });
  the.counter.choose('face');
  await the.counter.sees('matching-face');
  await the.counter.clock.runUntil(() => camera.capture()?.source === 'page', 1_000);
  const capture = camera.capture();
  if (capture?.source === 'page') camera.failed(capture.nonce);
  await the.counter.seesFault('FACE-405');
  expect(the.counter.screen()).toMatchObject({ offers: ['pin', 'visual', 'staff'] });
  expect(the.counter.bench.panel.light).toBe('attention');
  the.counter.choose('face');
  expect(the.counter.reader.state.at).toBe('stopped');
  the.counter.choose('pin');
  the.counter.enterPin('1234');
  await the.counter.sees('asking');
  await the.counter.agrees();
  expect(the.counter.recorded()).toEqual([{ outcome: 'accepted', method: 'pin' }]);
});

test('52 a camera that sends nothing: staff confirm by eye', async () => {
  await the.counter.comesToChoose('adult');
  await the.counter.bench.camera.look({ kind: 'page' });
  the.counter.choose('face');
  await the.counter.seesFault('FACE-405', 10_000);
  the.counter.touch({ type: 'ask-staff' });
  the.counter.enterPassword();
  await the.counter.sees('asking');
  await the.counter.agrees();
  expect(the.counter.recorded()).toEqual([{ outcome: 'accepted', method: 'visual' }]);
});

function okay<T>(result: { readonly ok: true; readonly value: T } | { readonly ok: false }): T {
  if (!result.ok) throw new Error('the records could not be read');
  return result.value;
}
