/** Runs others' programs: each with a bound, and a missing one fails the test by the name of its Debian package. */
import { type ExecFileException, execFile } from 'node:child_process';
import { existsSync } from 'node:fs';

const packageOf = {
  gcc: 'gcc',
  'nfc-list': 'libnfc-bin',
  'opensc-tool': 'opensc',
  openssl: 'openssl',
  pcsc_scan: 'pcsc-tools',
  pcscd: 'pcscd',
  'pkcs11-tool': 'opensc',
  'pkcs15-crypt': 'opensc',
  'pkcs15-tool': 'opensc',
  scriptor: 'pcsc-tools',
} as const;

export type Program = keyof typeof packageOf;

export type Finished = {
  /** 0 when the program says that all went well. */
  readonly code: number;
  readonly stdout: Buffer;
  readonly stderr: string;
};

export type RunOptions = {
  readonly env?: Record<string, string>;
  readonly input?: string;
};

const BOUND_MS = 60_000;
/** Debian keeps daemons here, where not every user's PATH leads. */
const PATH = `${process.env['PATH']}:/usr/sbin`;

/** Where the program is. Throws with the package's name when it is not installed. */
export function pathOf(program: Program): string {
  const path = PATH.split(':')
    .map((folder) => `${folder}/${program}`)
    .find(existsSync);
  return path ?? missing(program, packageOf[program]);
}

/** A file that a package brings and no PATH leads to: a driver, a header. */
export function fileOf(path: string, debianPackage: string): string {
  return existsSync(path) ? path : missing(path, debianPackage);
}

function missing(what: string, debianPackage: string): never {
  throw new Error(`${what} is missing: apt-get install --no-install-recommends ${debianPackage}`);
}

/** Runs it to its end. Throws when it does not end within 20 s, or by a signal. */
export function run(program: Program, args: readonly string[], options: RunOptions = {}): Promise<Finished> {
  return runFile(pathOf(program), args, options);
}

export function runFile(file: string, args: readonly string[], { env, input = '' }: RunOptions = {}): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const child = execFile(
      file,
      [...args],
      { env: { ...process.env, PATH, LC_ALL: 'C', ...env }, encoding: 'buffer', timeout: BOUND_MS },
      (error: ExecFileException | null, stdout, stderr) => {
        const finished = { code: Number(error?.code ?? 0), stdout, stderr: stderr.toString() };
        if (error === null || typeof error.code === 'number') resolve(finished);
        else reject(new Error(`${file} ended by ${error.signal ?? error.code}\n${stdout}${stderr}`));
      },
    );
    child.stdin?.on('error', () => {});
    child.stdin?.end(input);
  });
}

/** As `run`, for a program that must succeed. Returns its standard output. */
export async function succeed(program: Program, args: readonly string[], options: RunOptions = {}): Promise<Buffer> {
  const { code, stdout, stderr } = await run(program, args, options);
  if (code !== 0) throw new Error(`${program} ${args.join(' ')} ended with code ${code}\n${stdout}${stderr}`);
  return stdout;
}
