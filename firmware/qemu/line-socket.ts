/** A line-wise talk over one of QEMU's sockets. It stays connected: a guest sees its port unplugged when nobody is there. */
import { connect, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { pause, systemClock } from '../../src/clock.ts';

export type LineSocket = {
  send(line: string): void;
  /** Resolves with the first line from now on (or not yet taken) that `wanted` accepts; lines before it are dropped. Throws at its bound, and when the line is closed. */
  next(wanted: (line: string) => boolean, withinMs: number, signal?: AbortSignal): Promise<string>;
  /** Forgets lines that nobody has taken. */
  drop(): void;
  close(): void;
};

const CONNECT_WITHIN_MS = 10_000;
const LOOK_EVERY_MS = 50;

export async function openLineSocket(path: string, onLine: (line: string) => void = () => {}): Promise<LineSocket> {
  const socket = await connectWithin(path);
  const waiting: string[] = [];
  let wake = () => {};
  let closed = false;
  const lines = createInterface({ input: socket });
  lines.on('line', (line) => {
    onLine(line);
    waiting.push(line);
    wake();
  });
  // A machine whose plug is pulled resets its sockets: whoever waits for a line is told by the wait's own bound.
  lines.on('error', () => {});
  return {
    send: (line) => void socket.write(`${line}\n`),
    async next(wanted, withinMs, signal) {
      const until = systemClock.now() + withinMs;
      for (;;) {
        for (let line = waiting.shift(); line !== undefined; line = waiting.shift()) if (wanted(line)) return line;
        if (closed) throw new Error('the line is closed');
        const leftMs = until - systemClock.now();
        if (leftMs <= 0 || signal?.aborted) throw new Error(`nothing of what was waited for came within ${withinMs / 1000} s`);
        const woken = new AbortController();
        wake = () => woken.abort();
        await pause(systemClock, Math.min(leftMs, 1_000), woken.signal);
      }
    },
    drop: () => void waiting.splice(0),
    close() {
      closed = true;
      socket.destroy();
      wake();
    },
  };
}

/** QEMU makes its sockets a moment after it was started. */
async function connectWithin(path: string): Promise<Socket> {
  const until = systemClock.now() + CONNECT_WITHIN_MS;
  for (;;) {
    const socket = connect(path);
    const failure = await new Promise<Error | undefined>((resolve) => {
      socket.once('connect', () => resolve(undefined));
      socket.once('error', resolve);
    });
    socket.on('error', () => {});
    if (!failure) return socket;
    if (systemClock.now() > until) throw failure;
    await pause(systemClock, LOOK_EVERY_MS);
  }
}
