import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { receiveByPin, type ServedBench, servedBench } from './bench-unit.ts';
import { type PrometheusServer, startPrometheus } from './prometheus-server.ts';

let bench: ServedBench;
let prometheus: PrometheusServer;

beforeAll(async () => {
  bench = await servedBench();
  prometheus = await startPrometheus(new URL(bench.metricsUrl).host);
});
afterAll(async () => {
  await prometheus?.stop();
  await bench?.unit.close();
});

const WAIT = { timeout: 20_000, interval: 100 };
const values = async (expression: string) => (await prometheus.query(expression)).map(({ value }) => value);

test('a real Prometheus scrapes a running reader, and sees a reception', async () => {
  await vi.waitFor(async () => expect(await values('up{job="kazasu",clinic="mihon-naika"}')).toEqual([1]), WAIT);
  await vi.waitFor(async () => expect(await values('kazasu_receptions_total{method="pin"}')).toEqual([0]), WAIT);
  await receiveByPin(bench);
  await vi.waitFor(async () => expect(await values('kazasu_receptions_total{method="pin"}')).toEqual([1]), WAIT);
  const [reception] = await prometheus.query('kazasu_receptions_total{method="pin"}');
  expect(reception?.labels).toMatchObject({ outcome: 'accepted', simulated: '1', clinic: 'mihon-naika' });
  expect(await values('histogram_quantile(0.5, kazasu_stage_duration_seconds_bucket{stage="querying"})')).toHaveLength(1);
  // Nothing of the fleet's alerts is raised by a healthy reader.
  expect(await values('ALERTS')).toEqual([]);
});
