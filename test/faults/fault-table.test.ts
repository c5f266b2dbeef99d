/** Every fault, on every module, at every message or command of both ways of a reception. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type BenchCards, issueBenchCards } from './bench-cards.ts';
import { type Ended, type Way, ways } from './dialogue.ts';
import { faultModules, type ModuleName } from './fault-bench.ts';
import { type RowReport, writeFaultReport } from './fault-report.ts';
import { type FaultRow, faultRows } from './fault-rows.ts';
import { countWay, runWithFault } from './run-fault.ts';

const everyWay = Object.keys(ways) as Way[];
const reports: RowReport[] = [];
let cards: BenchCards;

beforeAll(async () => {
  cards = await issueBenchCards();
});

afterAll(() => writeFaultReport(reports));

describe.each(Object.keys(faultModules) as ModuleName[])('%s', (module) => {
  const counts = new Map<Way, Record<FaultRow['per'], number>>();

  beforeAll(async () => {
    for (const way of everyWay) counts.set(way, await countWay(module, cards, way));
  });

  const rows = faultRows.filter(({ only }) => only.includes(module));
  test.each(rows.map((row) => [row.name, row.per, row] as const))('%s, at every %s', async (_name, per, row) => {
    const ends = new Map<Ended, number>();
    const breaches: string[] = [];
    let runs = 0;
    let worstMs = 0;
    for (const way of everyWay) {
      for (let at = 1; at <= (counts.get(way)?.[per] ?? 0); at++) {
        const run = await runWithFault(module, cards, way, row, at);
        runs++;
        ends.set(run.ended, (ends.get(run.ended) ?? 0) + 1);
        worstMs = Math.max(worstMs, run.tookMs);
        breaches.push(...run.breaches.map((breach) => `${way} way, ${per} ${at}: ${breach}`));
      }
    }
    reports.push({ module, row, runs, ends, worstMs, breaches: breaches.length });
    expect(runs).toBeGreaterThan(0);
    expect(breaches).toEqual([]);
  });
});
