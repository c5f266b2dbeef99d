/** `kazasu self-test`: what works here, and what to do about what does not. */
import { parseArgs } from 'node:util';
import { type Check, composeChecks } from '../compose-checks.ts';
import type { Result } from '../faults/result.ts';

const USAGE = 'usage: kazasu self-test [--models DIR] [--json]';

/** Prints a line for each check, or with --json one object. @returns 0 when all is well, 1 when not, 2 for a wrong call */
export async function selfTest(args: readonly string[]): Promise<number> {
  const words = parse(args);
  if (typeof words === 'string') {
    process.stderr.write(`${words}\n${USAGE}\n`);
    return 2;
  }
  const results: Outcome[] = [];
  for (const check of composeChecks({ modelsDir: words.models })) {
    const outcome = { check, result: await check.run() };
    if (!words.json) process.stdout.write(`${linesOf(outcome)}\n`);
    results.push(outcome);
  }
  const allWell = results.every(({ result }) => result.ok);
  if (words.json) process.stdout.write(`${JSON.stringify({ ok: allWell, checks: results.map(rowOf) })}\n`);
  return allWell ? 0 : 1;
}

type Outcome = { readonly check: Check; readonly result: Result<void> };

const INDENT = ' '.repeat(4);

function linesOf({ check, result }: Outcome): string {
  if (result.ok) return `${check.name}: ok`;
  const { code, detail = '' } = result.fault;
  const { means, toDo } = check.ifNot;
  return `${check.name}: failed (${code}) ${detail}\n${INDENT}What it means: ${means}\n${INDENT}What to do: ${toDo}`;
}

function rowOf({ check, result }: Outcome) {
  return result.ok ? { name: check.name, ok: true } : { name: check.name, ok: false, ...result.fault, ...check.ifNot };
}

/** @returns the words of the call, or what is wrong with them */
function parse(args: readonly string[]): { readonly models: string; readonly json: boolean } | string {
  const options = { models: { type: 'string', default: 'build/models' }, json: { type: 'boolean', default: false } } as const;
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    return (error as Error).message;
  }
}
