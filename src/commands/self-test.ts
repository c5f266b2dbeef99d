/** `kazasu self-test`: what works here, and what to do about what does not. */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import {
  askReader,
  CONTROL_SOCKET,
  isReaderHere,
  partWords,
  type SelfTestReport,
  type SelfTestRow,
  selfTestHere,
  sheetHere,
} from '../compose-selftest.ts';
import { readConfig } from '../config.ts';

const USAGE = `usage: kazasu self-test [--json] [--evidence FILE] [--config FILE] [--models DIR] [--control SOCKET]
  On a unit the running reader is asked to test itself, over ${CONTROL_SOCKET}. Elsewhere what can be tested
  without one is: with --config also the card module and the records that it names.
  --evidence FILE   writes the evidence sheet (HTML, A4): print it, or chromium --headless --print-to-pdf=OUT FILE
`;

/** Prints a line for each part, or with --json one object. @returns 0 when all is well, 1 when not, 2 for a wrong call */
export async function selfTest(args: readonly string[]): Promise<number> {
  const words = parse(args);
  if (typeof words === 'string') return refuse(words);
  if (words.help) {
    process.stdout.write(USAGE);
    return 0;
  }
  const config = readConfig(words.config);
  if (!config.ok) return refuse(`The configuration is wrong (${config.fault.code}). ${config.fault.detail}`);
  const { signal } = new AbortController();
  const asksReader = words.control !== undefined || isReaderHere(CONTROL_SOCKET);
  const report = asksReader
    ? await askReader(words.control ?? CONTROL_SOCKET, signal)
    : ({ ok: true, value: await selfTestHere(config.value, words.models, signal) } as const);
  if (!report.ok) {
    process.stderr.write(`The reader could not be asked (${report.fault.code}): ${report.fault.detail}\n`);
    return 1;
  }
  process.stdout.write(words.json ? `${JSON.stringify(withWords(report.value))}\n` : report.value.parts.map(linesOf).join(''));
  if (words.evidence !== undefined && !write(words.evidence, sheetHere(report.value, config.value, !asksReader))) return 1;
  return report.value.passed ? 0 : 1;
}

const INDENT = ' '.repeat(4);

function linesOf(row: SelfTestRow): string {
  const { name, means, toDo } = partWords(row.part);
  if ('notHere' in row) return `${name}: not here, ${row.notHere}\n`;
  if (row.ok) return `${name}: ok${row.found === undefined ? '' : `, ${row.found}`}\n`;
  const detail = row.detail === undefined ? '' : ` ${row.detail}`;
  return `${name}: failed (${row.code})${detail}\n${INDENT}What it means: ${means}\n${INDENT}What to do: ${toDo}\n`;
}

function withWords({ parts, ...report }: SelfTestReport) {
  const rows = parts.map((row) => {
    const { name, means, toDo } = partWords(row.part);
    return { name, ...row, ...(row.ok ? {} : { means, toDo }) };
  });
  return { ...report, parts: rows };
}

function write(path: string, sheet: string): boolean {
  try {
    writeFileSync(path, sheet);
    return true;
  } catch (error) {
    process.stderr.write(`The evidence sheet could not be written: ${path} (${(error as NodeJS.ErrnoException).code})\n`);
    return false;
  }
}

function refuse(reason: string): number {
  process.stderr.write(`${reason}\n${USAGE}`);
  return 2;
}

/** @returns the words of the call, or what is wrong with them */
function parse(args: readonly string[]) {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean', default: false } as const;
  const options = {
    ...{ config: text, control: text, evidence: text, json: flag, help: flag },
    models: { type: 'string', default: 'build/models' },
  } as const;
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    return (error as Error).message;
  }
}
