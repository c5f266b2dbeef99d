/** What came of the mutated inputs, for people. */
import { mkdirSync, writeFileSync } from 'node:fs';
import type { ParserTrial, TrialTally } from './parser-trial.ts';

export type TrialReport = { readonly trial: ParserTrial; readonly tally: TrialTally };

export function writeMutationReport(reports: readonly TrialReport[], seed: number, file: string): void {
  const rows = reports.map(({ trial: { parser, protectedBy }, tally }) => {
    const { inputs, refused, unchanged, valid, breaches, slowestMs } = tally;
    return `| ${[parser, protectedBy, inputs, refused, unchanged, valid, breaches.length, slowestMs.toFixed(1)].join(' | ')} |`;
  });
  const table = [
    '| parser | damage shows by | inputs | refused | means the same | right in itself | laws broken | slowest ms |',
    '|---|---|---|---|---|---|---|---|',
    ...rows,
    '',
    `Seed ${seed}. "Means the same": what was damaged is not part of the message, or the message stands whole in it.`,
    '"Right in itself": the damage made another message with a right check byte, or the parser’s input has none.',
    '',
  ].join('\n');
  mkdirSync('build', { recursive: true });
  writeFileSync(file, table);
  process.stdout.write(`${table}${file}\n`);
}
