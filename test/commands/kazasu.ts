/** The command line as a technician runs it: child processes, their words and their exit status. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';

export type Ended = { readonly code: number | null; readonly stdout: string; readonly stderr: string };

export async function kazasu(args: readonly string[], input = ''): Promise<Ended> {
  const child = spawn(process.execPath, ['src/main.ts', ...args], { stdio: 'pipe' });
  child.stdin.end(input);
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
  return { code: child.exitCode, stdout, stderr };
}

/** A folder that goes with `remove`. */
export function folder(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'kazasu-test-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

export type RunningSimulator = {
  readonly link: string;
  readonly control: string;
  readonly exported: string;
  /** What it said before it was ready. */
  readonly greeting: readonly string[];
  /** 照合番号B of its card. */
  readonly verificationCodeB: string;
  readonly child: ChildProcess;
  /** One line to the control socket; returns the answer. */
  ask(line: string): Promise<string>;
  /** Ends it by this signal; returns its exit status. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
};

/** Starts `simulate-card` in `at` and waits until it is ready. */
export async function simulateCard(at: string, args: readonly string[]): Promise<RunningSimulator> {
  const [link, control, exported] = [join(at, 'module'), join(at, 'control'), join(at, 'card')];
  const words = ['--link', link, '--control', control, '--export', exported];
  const child = spawn(process.execPath, ['src/main.ts', 'simulate-card', ...words, ...args], { stdio: 'pipe' });
  const complaint = text(child.stderr);
  const greeting: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    greeting.push(line);
    if (line.startsWith('Ctrl-C')) break;
  }
  if (greeting.length === 0) throw new Error(`the simulator did not start: ${await complaint}`);
  const persona = JSON.parse(readFileSync(join(exported, 'persona.json'), 'utf8')) as { verificationCodeB: string };
  return {
    link,
    control,
    exported,
    greeting,
    verificationCodeB: persona.verificationCodeB,
    child,
    ask: (line) => askSocket(control, line),
    async stop(signal = 'SIGTERM') {
      const ended = child.exitCode === null ? once(child, 'exit') : undefined;
      child.kill(signal);
      await ended;
      return child.exitCode;
    },
  };
}

async function askSocket(path: string, line: string): Promise<string> {
  const socket = connect(path);
  socket.write(`${line}\n`);
  for await (const answer of createInterface({ input: socket })) {
    socket.destroy();
    return answer;
  }
  throw new Error('no answer');
}
