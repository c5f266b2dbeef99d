/** Three hundred faults between reader and gateway: an outage costs a delay, never a record. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type NetworkBench, openNetworkBench } from './network-bench.ts';
import { allFaults, gatewayRows, readerRows, runFaults } from './network-report.ts';
import { kinds, type Phase, phases } from './run-network-fault.ts';

/** One for each phase: most of the time is spent waiting, and they wait side by side. */
const benches = new Map<Phase, NetworkBench>();
beforeAll(async () => {
  for (const phase of phases) benches.set(phase, await openNetworkBench());
});
afterAll(async () => {
  for (const bench of benches.values()) await bench.close();
});

const faults = allFaults();
const outcomes = new Map<string, Set<string>>();

test('there are three hundred of them, of more than twenty kinds', () => {
  expect(kinds.length).toBeGreaterThan(20);
  expect(faults.length).toBeGreaterThanOrEqual(300);
});

describe.each([false, true])('lasting: %j', { timeout: 300_000 }, (lasting) => {
  test.concurrent.each(phases)('while the reader asks: %s', async (phase) => {
    const bench = benches.get(phase) as NetworkBench;
    const some = faults.filter((fault) => fault.phase === phase && fault.lasting === lasting);
    const trials = await runFaults(
      bench,
      some,
      (index) => `${phase}-${lasting}-${index}`,
      ({ kind }, { outcome }) => {
        outcomes.set(outcome, (outcomes.get(outcome) ?? new Set()).add(kind));
      },
    );
    expect(readerRows(trials)).toEqual(gatewayRows(bench, trials));
    expect(bench.records.gateway.unanswered()).toEqual({ ok: true, value: [] });
  });
});

test('nothing was done twice, and every reception is in the gateway once at most', () => {
  const ids = [...benches.values()].flatMap(({ gateway }) => gateway.receptions().map(({ receptionId }) => receptionId));
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.length).toBeLessThanOrEqual(faults.length);
});

test('some went on as if nothing had been, and the others ended with a code of the gateway', () => {
  expect([...outcomes.keys()].sort()).toEqual(['GATE-501', 'GATE-502', 'GATE-503', 'accepted']);
  for (const kind of ['reset-at-request', 'reset-at-answer', 'status-502-html', 'lost-answer', 'doubled-request'])
    expect(outcomes.get('accepted')).toContain(kind);
  for (const kind of ['swapped', 'swapped-with-this-trace', 'replayed', 'truncated-json'])
    expect(outcomes.get('GATE-503')).toContain(kind);
  for (const kind of ['half-open', 'slow-drip', 'swallowed-answer', 'late-request'])
    expect(outcomes.get('GATE-502')).toContain(kind);
});
