/**
 * What other programs of the unit ask the reader: a Unix-domain socket, one line of JSON asked, one answered.
 *
 *     {"ask":"state"}      {"ok":true,"version":"0.1.0","reception":false,"resting":false,"selfTest":null}
 *     anything else        {"ok":false,"reason":"…"}
 */
import { lstat, rm } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import { z } from 'zod';
import { type Clock, deadline } from '../clock.ts';
import { failed, ok, type Result } from '../faults/result.ts';

type ControlAsk = 'state' | 'rest' | 'resume' | 'self-test';

export type ControlOptions = {
  readonly path: string;
  /** What each is answered, besides `ok`; each ends within a bound of its own. */
  readonly answers: Readonly<Record<ControlAsk, () => object | Promise<object>>>;
  readonly clock: Clock;
  readonly onDefect: (error: unknown) => void;
};

export type ControlSocket = {
  /** Ends all conversations and takes the socket away. */
  close(): Promise<void>;
};

const asked = z.strictObject({ ask: z.enum(['state', 'rest', 'resume', 'self-test']) });
const MAX_LINE_BYTES = 1_024;
const MOST_AT_ONCE = 8;
/** For the question to come. */
const ASK_MS = 5_000;
/** Owner and group: the updater and the technician's commands are of the group. */
const NOT_FOR_OTHERS = 0o117;

/** Faults: SYS-902 (no socket can be made at `path`). */
export async function openControlSocket({ path, answers, clock, onDefect }: ControlOptions): Promise<Result<ControlSocket>> {
  const there = await lstat(path).catch(() => undefined);
  if (there && !there.isSocket()) return failed('SYS-902', `--control: ${path} exists and is no socket`);
  // One that an earlier run left: systemd lets one reader run at a time.
  if (there) await rm(path, { force: true });

  async function answerTo(line: string | undefined): Promise<object> {
    const ask = line === undefined ? undefined : parse(line);
    if (ask === undefined)
      return { ok: false, reason: `not one line such as {"ask":"state"}, of at most ${MAX_LINE_BYTES} bytes` };
    try {
      return { ok: true, ...(await answers[ask]()) };
    } catch (error) {
      onDefect(error);
      return { ok: false, reason: 'a defect of this program (SYS-901)' };
    }
  }

  async function converse(socket: Socket): Promise<void> {
    socket.on('error', () => {});
    const bound = deadline(clock, ASK_MS);
    const line = await firstLine(socket, bound.signal);
    bound.done();
    const answer = await answerTo(line);
    // Whoever does not hang up must not keep a place.
    if (!socket.destroyed) socket.end(`${JSON.stringify(answer)}\n`, () => socket.destroy());
  }

  const sockets = new Set<Socket>();
  // Half open: who has written its line still waits for the answer.
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    converse(socket).catch(onDefect);
  });
  server.maxConnections = MOST_AT_ONCE;
  // The socket is made within `listen`: whatever else is made meanwhile keeps its own mode.
  const mask = process.umask(NOT_FOR_OTHERS);
  const listening = new Promise<NodeJS.ErrnoException | undefined>((resolve) => {
    server.once('error', resolve).listen(path, () => resolve(undefined));
  });
  process.umask(mask);
  const error = await listening;
  if (error) return failed('SYS-902', `--control: ${path} cannot be made (${error.code})`);
  return ok({
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  });
}

/** @returns undefined when no line ends within the bytes and the time given */
function firstLine(socket: Socket, signal: AbortSignal): Promise<string | undefined> {
  return new Promise((resolve) => {
    let text = '';
    const end = (line?: string) => {
      socket.off('data', take).off('end', give).off('close', give);
      resolve(line);
    };
    const take = (chunk: Buffer) => {
      text += chunk.toString('utf8');
      const length = text.indexOf('\n');
      if (length >= 0) end(text.slice(0, length));
      else if (text.length > MAX_LINE_BYTES) end();
    };
    const give = () => end();
    socket.on('data', take).on('end', give).on('close', give);
    signal.addEventListener('abort', give, { once: true });
  });
}

function parse(line: string): ControlAsk | undefined {
  try {
    return asked.parse(JSON.parse(line)).ask;
  } catch {
    return undefined;
  }
}
