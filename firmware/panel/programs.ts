/** The programs of Debian that build and flash the panel. */
import { spawnSync } from 'node:child_process';

const packageOf = {
  'avr-gcc': 'gcc-avr avr-libc',
  'avr-objcopy': 'binutils-avr',
  'avr-size': 'binutils-avr',
  avrdude: 'avrdude',
} as const;

export type Program = keyof typeof packageOf;

const BOUND_MS = 120_000;

/**
 * Runs it to its end. Returns what it wrote to standard output.
 * @throws when it is missing (with the package that has it), fails or does not end within two minutes
 */
export function run(program: Program, args: readonly string[]): string {
  const { error, status, signal, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8', timeout: BOUND_MS });
  if (error && 'code' in error && error.code === 'ENOENT') {
    throw new Error(`${program} is missing: apt-get install --no-install-recommends ${packageOf[program]}`);
  }
  if (error || status !== 0) throw new Error(`${program} ended by ${error?.message ?? signal ?? status}\n${stdout}${stderr}`);
  return stdout;
}
