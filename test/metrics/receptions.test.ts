import { beforeEach, describe, expect, test } from 'vitest';
import { createMetrics, type Metrics } from '../../src/metrics/registry.ts';
import { watchParts } from '../../src/metrics/watch-parts.ts';
import { watchReceptions } from '../../src/metrics/watch-receptions.ts';
import { useCounter } from '../scenario/use-counter.ts';
import { samplesOf, sumOf } from './reading.ts';

/** What is counted of receptions at a counter on simulated time. */
const the = useCounter();
let metrics: Metrics;
let parts: ReturnType<typeof watchParts>;

beforeEach(() => {
  metrics = createMetrics({ simulated: true });
  watchReceptions(the.counter.reader, metrics, the.counter.clock);
  parts = watchParts(the.counter.reader, { watch: () => () => {} }, metrics);
});

/** Every reception counted so far: `outcome/method`, as often as it was. */
async function counted(): Promise<string[]> {
  return samplesOf(await metrics.registry.metrics())
    .filter(({ name }) => name === 'kazasu_receptions_total')
    .flatMap(({ labels, value }) => Array<string>(value).fill(`${labels['outcome']}/${labels['method']}`));
}

const value = async (name: string, labels: Record<string, string> = {}) => sumOf(await metrics.registry.metrics(), name, labels);

describe('a reception is counted once', () => {
  test('when it is accepted, with its stages', async () => {
    await the.counter.provesByPin('adult');
    await the.counter.clock.advance(4_000);
    await the.counter.agrees();
    expect(await counted()).toEqual(['accepted/pin']);
    await the.counter.leaves();
    expect(await counted()).toEqual(['accepted/pin']);
    expect(await value('kazasu_stage_duration_seconds_sum', { stage: 'asking' })).toBeCloseTo(4, 1);
    expect(await value('kazasu_stage_duration_seconds_sum', { stage: 'querying' })).toBeCloseTo(3, 0);
    expect(await value('kazasu_stage_duration_seconds_count', { stage: 'querying' })).toBe(1);
    expect(await value('kazasu_stage_duration_seconds_count', { stage: 'done' })).toBeUndefined();
    expect(await value('kazasu_reception_machine_duration_seconds_count', { method: 'pin' })).toBe(1);
    expect(await value('kazasu_reception_wait_duration_seconds_sum', { kind: 'gateway' })).toBeCloseTo(3, 0);
  });

  test('after a wrong PIN and a face that matched: as accepted by face', async () => {
    await the.counter.comesToChoose('adult');
    the.counter.choose('pin');
    await the.counter.entersWrongPin('9999');
    the.counter.choose('face');
    await the.counter.sees('asking');
    await the.counter.agrees();
    expect(await counted()).toEqual(['accepted/face']);
    expect(await value('kazasu_identity_retries_total', { method: 'pin' })).toBe(1);
  });

  test('by the fault that it stopped at last, whoever takes the card when', async () => {
    await the.counter.placeCard('transit-card');
    await the.counter.seesFault('CARD-103');
    expect(await counted()).toEqual([]);
    await the.counter.leaves();
    expect(await counted()).toEqual(['CARD-103/none']);
    expect(await value('kazasu_faults_total', { code: 'CARD-103' })).toBe(1);
  });

  test('as what it became, where it went on another way after a fault', async () => {
    await the.counter.comesToChoose('adult');
    // The page's camera, and there is no page: no picture comes.
    await the.counter.bench.camera.look({ kind: 'page' });
    the.counter.choose('face');
    await the.counter.seesFault('FACE-405');
    expect(parts.isReady('camera')).toBe(false);
    the.counter.choose('pin');
    the.counter.enterPin('1234');
    await the.counter.sees('asking');
    await the.counter.agrees();
    expect(await counted()).toEqual(['accepted/pin']);
    expect(await value('kazasu_faults_total', { code: 'FACE-405' })).toBe(1);
    await the.counter.leaves();
    await the.counter.provesByFace('adult');
    expect(parts.isReady('camera')).toBe(true);
    expect(await value('kazasu_part_recoveries_total', { part: 'camera' })).toBe(1);
  });

  test('when the card is taken, or the patient stops', async () => {
    await the.counter.comesToChoose('adult');
    the.counter.choose('pin');
    the.counter.takeCard();
    await the.counter.sees('interrupted');
    await the.counter.sees('idle');
    await the.counter.comesToChoose('adult');
    the.counter.touch({ type: 'stop' });
    await the.counter.sees('take-card');
    await the.counter.leaves();
    expect(await counted()).toEqual(['CARD-101/pin', 'TIME-802/none']);
  });
});

describe('parts', () => {
  test('a gateway that is down is lost once, and back with the first answer', async () => {
    expect(parts.isReady('gateway')).toBe(true);
    the.counter.bench.gateway.controls.mode = 'down';
    for (let reception = 0; reception < 2; reception++) {
      await the.counter.placeCard('adult');
      await the.counter.seesFault('GATE-501');
      await the.counter.leaves();
    }
    expect(parts.isReady('gateway')).toBe(false);
    the.counter.bench.gateway.controls.mode = 'normal';
    await the.counter.servesTheNext();
    expect(parts.isReady('gateway')).toBe(true);
    expect(await value('kazasu_part_losses_total', { part: 'gateway' })).toBe(1);
    expect(await value('kazasu_part_recoveries_total', { part: 'gateway' })).toBe(1);
    expect(await value('kazasu_faults_total', { code: 'GATE-501' })).toBe(2);
    expect(await value('kazasu_part_losses_total', { part: 'camera' })).toBe(0);
  });
});
