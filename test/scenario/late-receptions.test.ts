import { describe, expect, test } from 'vitest';
import { useCounter } from './use-counter.ts';

/** What the gateway has of a reception and the reader has not is made good once nobody stands there. */
const the = useCounter();

/** The patient agreed, and the answer did not come. Returns since when it is to be asked for again. */
async function leavesWithoutAnswer(): Promise<Date> {
  await the.counter.provesByPin('adult');
  the.counter.bench.gateway.controls.inProgress = 1_000;
  the.counter.agree();
  await the.counter.sees('querying');
  await the.counter.clock.advance(2_000);
  the.counter.takeCard();
  await the.counter.sees('pending');
  const since = the.counter.clock.wall();
  await the.counter.sees('idle');
  the.counter.bench.gateway.controls.inProgress = 0;
  return since;
}

const sidecar = () => JSON.parse(the.counter.clinicFile(the.counter.clinicFiles().find((name) => name.endsWith('.json')) ?? ''));
const consented = () => the.counter.bench.gateway.receptions().filter(({ consents }) => consents !== null);

describe('a patient who left before the eligibility came', () => {
  test('is recorded and handed over late, once, and the sidecar says so', async () => {
    const since = await leavesWithoutAnswer();
    expect(the.counter.recorded()).toEqual([]);
    await the.counter.clock.runUntil(() => the.counter.resultFiles().length === 1, 60_000);
    expect(the.counter.recorded()).toEqual([{ outcome: 'accepted', method: 'pin' }]);
    expect(the.counter.audited().slice(-2)).toEqual(['reception.settled', 'reception.accepted']);
    const [reception] = consented();
    expect(sidecar()).toMatchObject({ receptionId: reception?.receptionId, lateSince: since.toISOString() });
    await the.counter.clock.advance(600_000);
    expect([the.counter.recorded().length, the.counter.resultFiles().length]).toEqual([1, 1]);
  });

  test('is shown at the desk with how often the gateway was asked, and when it is asked next', async () => {
    await leavesWithoutAnswer();
    const { bench, clock, desk } = the.counter;
    bench.gateway.controls.mode = 'down';
    const nextIn = () => Date.parse(desk.pending()[0]?.nextAt ?? '') - clock.wall().getTime();
    expect([desk.pending()[0]?.attempts, nextIn() > 0 && nextIn() <= 5_000]).toEqual([1, true]);
    await clock.runUntil(() => desk.pending()[0]?.attempts === 2 && nextIn() > 0, 60_000);
    expect(nextIn()).toBeLessThanOrEqual(10_000);
    // While somebody stands there nobody knows when.
    await the.counter.placeCard('transit-card');
    await the.counter.sees('stopped');
    expect(desk.pending()[0]?.nextAt).toBeUndefined();
  });

  test('does not keep the next one waiting', async () => {
    await leavesWithoutAnswer();
    the.counter.bench.gateway.controls.otherMs = 3_000;
    // Just while it is being settled.
    await the.counter.clock.advance(5_500);
    await the.counter.provesByPin('rare-name');
    the.counter.agree();
    await the.counter.sees('done');
    expect(the.counter.recorded().length).toBe(1);
    the.counter.takeCard();
    await the.counter.clock.runUntil(() => the.counter.resultFiles().length === 2, 60_000);
    expect(the.counter.recorded().length).toBe(consented().length);
  });
});

test('an abnormal end stays with the clinic’s staff, who get it as a file too: the consent stands at the gateway', async () => {
  await the.counter.provesByPin('adult');
  the.counter.bench.gateway.controls.abnormal = true;
  the.counter.agree();
  await the.counter.seesFault('ELIG-604');
  expect(the.counter.recorded()).toEqual([]);
  the.counter.takeCard();
  await the.counter.clock.runUntil(() => the.counter.resultFiles().length === 1, 60_000);
  expect(the.counter.recorded()).toEqual([{ outcome: 'ELIG-604', method: 'pin' }]);
  expect(the.counter.clinicFile(the.counter.resultFiles()[0] ?? '')).toContain('<SegmentOfResult>9</SegmentOfResult>');
  expect(consented().length).toBe(1);
});

test('a reception that the gateway never heard of is settled as nothing', async () => {
  the.counter.bench.gateway.controls.mode = 'down';
  await the.counter.placeCard('adult');
  await the.counter.seesFault('GATE-501');
  the.counter.takeCard();
  await the.counter.sees('idle');
  the.counter.bench.gateway.controls.mode = 'normal';
  await the.counter.clock.runUntil(() => the.counter.audited().includes('reception.settled'), 60_000);
  expect([the.counter.recorded(), the.counter.clinicFiles()]).toEqual([[], []]);
});
