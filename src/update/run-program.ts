import { spawn } from 'node:child_process';
import { type Clock, deadline } from '../clock.ts';

export type Ended = {
  readonly ok: boolean;
  /** Standard output. */
  readonly output: string;
  /** The last thing it said, or why it ended. */
  readonly lastLine: string;
};

export type RunProgram = (program: string, args: readonly string[], boundMs: number, signal: AbortSignal) => Promise<Ended>;

const MOST_OUTPUT = 256 * 1024;

/** Runs a program to its end, which comes within `boundMs` or when `signal` aborts. Never rejects. */
export function createRunProgram(clock: Clock): RunProgram {
  return (program, args, boundMs, signal) =>
    new Promise((resolve) => {
      const bound = deadline(clock, boundMs, signal);
      let [output, said, failure] = ['', '', ''];
      const child = spawn(program, [...args], {
        stdio: ['ignore', 'pipe', 'pipe'],
        signal: bound.signal,
        killSignal: 'SIGKILL',
        // What it says is read here, and looked for by its words.
        env: { ...process.env, LC_ALL: 'C.UTF-8' },
      });
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        output = (output + text).slice(-MOST_OUTPUT);
      });
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        said = (said + text).slice(-MOST_OUTPUT);
      });
      child.on('error', (error) => {
        failure = bound.expired() ? `no end within ${boundMs / 1000} s` : error.message;
      });
      child.on('close', (status) => {
        bound.done();
        const lastLine = failure || said.trim().split('\n').at(-1) || output.trim().split('\n').at(-1) || `status ${status}`;
        resolve({ ok: status === 0 && failure === '', output, lastLine });
      });
    });
}
