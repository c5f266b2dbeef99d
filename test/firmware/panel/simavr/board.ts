/** The panel's board in simavr (board.c), in a process of its own and in real time, behind a pseudo-terminal. */
import { type ChildProcessWithoutNullStreams, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { build } from '../../../../firmware/panel/build.ts';

const builtIn = 'build/panel';
/** Debian's packages that the board is made of. */
const needed = { '/usr/bin/gcc': 'gcc', '/usr/include/simavr/sim_avr.h': 'libsimavr-dev', '/usr/include/libelf.h': 'libelf-dev' };
/** Long, since a machine that runs other tests beside may stall. */
const ANSWER_WITHIN_MS = 30_000;

/** One line of the board. */
type Told = {
  /** CLOCK_MONOTONIC, as process.hrtime has it. */
  readonly hostUs: number;
  /** The controller's own time: no stall of this machine is in it. */
  readonly simulatedUs: number;
  readonly what: string;
};

export type Board = {
  /** The device node to open. */
  readonly port: string;
  /** Has the board do it; returns when it is done. */
  tell(command: string): Promise<Told>;
  /** The next line after the first `after` ones for which `is` holds. */
  heard(is: (what: string) => boolean, after?: number): Promise<Told>;
  /** How many lines there have been. */
  count(): number;
  lines(): readonly Told[];
  close(): Promise<void>;
};

/** Switches a board on. Without `program` it has its bootloader alone. */
export async function openBoard({ program }: { program?: string } = {}): Promise<Board> {
  const folder = await mkdtemp(join(tmpdir(), 'kazasu-board-'));
  const port = join(folder, 'panel');
  const hexes = [build('bootloader', builtIn).hex, ...(program === undefined ? [] : [program])];
  const child = spawn(await compileBoard(folder), [port, ...hexes]);
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const told: Told[] = [];
  const waiting = new Set<() => void>();
  let complaint = '';
  child.stderr.on('data', (text: Buffer) => {
    complaint += text;
  });
  createInterface({ input: child.stdout }).on('line', (line) => {
    const [hostUs, simulatedUs, ...what] = line.split(' ');
    told.push({ hostUs: Number(hostUs), simulatedUs: Number(simulatedUs), what: what.join(' ') });
    for (const look of waiting) look();
  });

  const board: Board = {
    port,
    count: () => told.length,
    lines: () => told,
    heard(is, after = 0) {
      return new Promise((resolve, reject) => {
        const giveUp = setTimeout(() => {
          waiting.delete(look);
          reject(new Error(`the board did not tell what was waited for${complaint && `: ${complaint}`}`));
        }, ANSWER_WITHIN_MS);
        let seen = after;
        function look(): void {
          const at = told.findIndex(({ what }, index) => index >= seen && is(what));
          seen = told.length;
          const found = told[at];
          if (!found) return;
          waiting.delete(look);
          clearTimeout(giveUp);
          resolve(found);
        }
        waiting.add(look);
        look();
      });
    },
    tell(command) {
      const after = told.length;
      child.stdin.write(`${command}\n`);
      return board.heard((what) => what === `did ${command}`, after);
    },
    close: () => close(child, ended, folder),
  };
  await board.heard((what) => what === 'ready');
  return board;
}

async function close(child: ChildProcessWithoutNullStreams, ended: Promise<void>, folder: string): Promise<void> {
  child.stdin.end();
  const late = setTimeout(() => child.kill('SIGKILL'), 5_000);
  await ended;
  clearTimeout(late);
  await rm(folder, { recursive: true, force: true });
}

async function compileBoard(folder: string): Promise<string> {
  for (const [file, name] of Object.entries(needed)) {
    if (!existsSync(file)) throw new Error(`${file} is missing: apt-get install --no-install-recommends ${name}`);
  }
  mkdirSync(builtIn, { recursive: true });
  const program = join(folder, 'board');
  const source = join(import.meta.dirname, 'board.c');
  const headers = ['-isystem', '/usr/include/simavr'];
  execFileSync('gcc', ['-O2', '-Wall', '-Wextra', '-Werror', ...headers, '-o', program, source, '-lsimavr', '-lelf']);
  return program;
}
