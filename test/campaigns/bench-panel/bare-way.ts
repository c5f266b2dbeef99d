/**
 * The machine's own share: one byte over a pseudo-terminal and through a process that does nothing but pass it on (`cat`),
 * as the panel's process passes on keys one way and orders the other.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { openPty } from '../../../src/bench/module/pty-line.ts';
import { nowUs } from '../../firmware/panel/simavr/host-line.ts';

export type BareWay = {
  /** From the line to this process, in microseconds. */
  fromLine(): Promise<number>;
  /** From this process to the line. */
  toLine(): Promise<number>;
  close(): Promise<void>;
};

export async function openBareWay(): Promise<BareWay> {
  const line = await openPty();
  const passing: ChildProcess[] = [];
  let arrived = () => {};
  const pass = (from: 'pipe' | number, to: 'pipe' | number) => {
    const child = spawn('cat', [], { stdio: [from, to, 'inherit'] });
    passing.push(child);
    return child;
  };
  const [input, output] = [openSync(line.path, 'r'), openSync(line.path, 'w')];
  pass(input, 'pipe').stdout?.on('data', () => arrived());
  const orders = pass('pipe', output).stdin;
  line.peer.onBytes(() => arrived());
  closeSync(input);
  closeSync(output);

  async function timed(send: () => void): Promise<number> {
    const there = Promise.withResolvers<void>();
    arrived = there.resolve;
    const from = nowUs();
    send();
    await there.promise;
    return nowUs() - from;
  }
  return {
    fromLine: () => timed(() => line.peer.write(Uint8Array.of(0x35))),
    toLine: () => timed(() => orders?.write(Uint8Array.of(0x35))),
    async close() {
      for (const child of passing) child.kill();
      await line.close();
    },
  };
}
