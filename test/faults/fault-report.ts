/** What came of every row, for people: on the console and in build/fault-table.md. */
import { mkdirSync, writeFileSync } from 'node:fs';
import type { Ended } from './dialogue.ts';
import type { ModuleName } from './fault-bench.ts';
import type { FaultRow } from './fault-rows.ts';

export type RowReport = {
  readonly module: ModuleName;
  readonly row: FaultRow;
  readonly runs: number;
  readonly ends: ReadonlyMap<Ended, number>;
  /** From the trouble to the end of the call, simulated. */
  readonly worstMs: number;
  readonly breaches: number;
};

const FILE = 'build/fault-table.md';

export function writeFaultReport(reports: readonly RowReport[]): void {
  const lines = reports.map(({ module, row, runs, ends, worstMs, breaches }) => {
    const finished = ends.get('finished') ?? 0;
    const faults = [...ends].filter(([end]) => end !== 'finished').map(([code, count]) => `${code} ${count}`);
    const worst = Math.ceil(worstMs);
    return `| ${[module, row.name, `${runs} (${row.per}s)`, finished, faults.join(', '), worst, row.boundMs, breaches, row.beats ?? ''].join(' | ')} |`;
  });
  const table = [
    '| module | fault | at every | finished | named faults | worst ms | bound ms | laws broken | fails there |',
    '|---|---|---|---|---|---|---|---|---|',
    ...lines,
    '',
    closing(reports),
    '',
  ].join('\n');
  mkdirSync('build', { recursive: true });
  writeFileSync(FILE, table);
  process.stdout.write(`${table}${FILE}\n`);
}

function closing(reports: readonly RowReport[]): string {
  const total = (count: (report: RowReport) => number) => reports.reduce((sum, report) => sum + count(report), 0);
  const finished = total(({ ends }) => ends.get('finished') ?? 0);
  const runs = total((report) => report.runs);
  return `${runs} receptions, each with one fault: ${finished} finished, ${runs - finished} ended in a named fault, ${total(({ breaches }) => breaches)} broke a law.`;
}
