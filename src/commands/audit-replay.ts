/** `kazasu audit replay`. */
import { parseArgs } from 'node:util';
import { type ReplayStep, replayReception } from '../compose-records.ts';
import { wrongFile } from './audit-files.ts';
import type { Outcome } from './sub-commands.ts';

export function auditReplay(args: readonly string[]): Outcome {
  const options = { reception: { type: 'string' }, json: { type: 'boolean', default: false } } as const;
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
  const wrong = wrongFile(positionals);
  if (wrong) return { wrong };
  if (values.reception === undefined) return { wrong: '--reception is missing' };
  const [file = ''] = positionals;
  const steps = replayReception(file, values.reception);
  if (!steps.ok) {
    process.stderr.write(`${file} cannot be read (${steps.fault.code}): ${steps.fault.detail ?? ''}\n`);
    return 1;
  }
  if (steps.value.length === 0) {
    process.stderr.write('The log does not know this reception.\n');
    return 1;
  }
  process.stdout.write(values.json ? `${JSON.stringify(steps.value)}\n` : steps.value.map(line).join(''));
  return 0;
}

function line({ afterMs, station, event, fields }: ReplayStep): string {
  const told = Object.entries(fields).map(([name, value]) => `${name}=${Array.isArray(value) ? value.join(',') : value}`);
  return `${[`+${(afterMs / 1_000).toFixed(3)} s`.padStart(12), (station ?? '?').padEnd(8), event, ...told].join('  ')}\n`;
}
