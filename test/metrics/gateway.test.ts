/** What is counted of the gateway's own client, against the bench's gateway on simulated time. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { GatewayClient } from '../../src/eligibility/gateway-client.ts';
import type { GatewayEvent } from '../../src/eligibility/gateway-event.ts';
import { createMetrics, type Metrics } from '../../src/metrics/registry.ts';
import { watchGateway } from '../../src/metrics/watch-gateway.ts';
import { clientWithoutLine, type GatewayBench, never, openGatewayBench } from '../bench/gateway/gateway-bench.ts';
import { createSimulatedClock, type SimulatedClock } from '../simulated-clock.ts';
import { samplesOf, sumOf } from './reading.ts';

let clock: SimulatedClock;
let bench: GatewayBench;
let client: GatewayClient;
let metrics: Metrics;
let stop: () => void;
const told: GatewayEvent[] = [];

beforeEach(async () => {
  clock = createSimulatedClock({ wall: new Date() });
  bench = await openGatewayBench(clock, () => clock.wall());
  client = clientWithoutLine({ clock, request: bench.gateway.requestAs('reader-1') });
  metrics = createMetrics({ simulated: true });
  stop = watchGateway(client, ['openReception', 'eligibility'], metrics);
  told.length = 0;
  client.watch((event) => told.push(event));
});
afterEach(async () => {
  await client.close();
  await bench.gateway.close();
});

const value = async (name: string, labels: Record<string, string> = {}) => sumOf(await metrics.registry.metrics(), name, labels);
const retries = (operation: string) => value('kazasu_gateway_retries_total', { operation });
const breaker = () => value('kazasu_gateway_breaker_open');

let receptions = 0;
/** Opens a reception, and lets simulated time run until that has ended. */
async function open(signal: AbortSignal = never): Promise<boolean> {
  let ended: boolean | undefined;
  void client.open(`counted-${++receptions}`, signal).then(({ ok }) => {
    ended = ok;
  });
  await clock.runUntil(() => ended !== undefined, 20_000);
  return ended === true;
}

test('an answer is measured from when its request left until it was there', async () => {
  bench.gateway.controls.slowMs = 1_500;
  expect(await open()).toBe(true);
  expect(await value('kazasu_gateway_round_trip_seconds_sum', { operation: 'openReception' })).toBeCloseTo(1.5, 3);
  expect(await value('kazasu_gateway_round_trip_seconds_bucket', { operation: 'openReception', le: '1' })).toBe(0);
  expect(await value('kazasu_gateway_round_trip_seconds_bucket', { operation: 'openReception', le: '2' })).toBe(1);
  expect(await retries('openReception')).toBe(0);
});

test('each repetition is counted with its operation, and what had no answer is not measured', async () => {
  expect([await retries('openReception'), await retries('eligibility')]).toEqual([0, 0]);
  bench.gateway.controls.mode = 'down';
  expect(await open()).toBe(false);
  expect([await retries('openReception'), await retries('eligibility')]).toEqual([2, 0]);
  expect(await value('kazasu_gateway_round_trip_seconds_count')).toBeUndefined();
  expect(told.filter(({ type }) => type === 'repeated')).toEqual(
    Array(2).fill({ type: 'repeated', operation: 'openReception', code: 'GATE-501' }),
  );
});

test('who leaves during the pause before a repetition leaves none to be counted', async () => {
  bench.gateway.controls.mode = 'down';
  const leaving = new AbortController();
  clock.after(50, () => leaving.abort());
  expect(await open(leaving.signal)).toBe(false);
  expect(await retries('openReception')).toBe(0);
});

test('the breaker opens once with the third failure, stays so through failed trials, and closes with an answer', async () => {
  bench.gateway.controls.mode = 'down';
  await open();
  await open();
  expect(await breaker()).toBe(0);
  await open();
  expect(await breaker()).toBe(1);
  expect(await open()).toBe(false);
  await clock.advance(10_000);
  expect(await open()).toBe(false);
  expect(await breaker()).toBe(1);
  bench.gateway.controls.mode = 'normal';
  await clock.advance(20_000);
  expect(await open()).toBe(true);
  expect(await breaker()).toBe(0);
  const changes = told.flatMap((event) => (event.type === 'breaker' ? [event.at] : []));
  expect(changes).toEqual(['closed', 'open', 'closed']);
});

test('whoever begins to count while the breaker is open is told so, and hears nothing after having stopped', async () => {
  bench.gateway.controls.mode = 'down';
  for (let failure = 0; failure < 3; failure++) await open();
  const later = createMetrics({ simulated: true });
  watchGateway(client, [], later);
  expect(sumOf(await later.registry.metrics(), 'kazasu_gateway_breaker_open')).toBe(1);
  stop();
  const before = samplesOf(await metrics.registry.metrics());
  bench.gateway.controls.mode = 'normal';
  await clock.advance(60_000);
  expect(await open()).toBe(true);
  expect(samplesOf(await metrics.registry.metrics())).toEqual(before);
  expect(sumOf(await later.registry.metrics(), 'kazasu_gateway_breaker_open')).toBe(0);
});
