/** A Unix-domain socket that only its owner may use: one line a command, one line an answer, in order; see `control`. */
import { chmod, lstat, rm } from 'node:fs/promises';
import { connect, createServer, type Socket } from 'node:net';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { failed, ok, type Result } from '../../faults/result.ts';
import { control } from './control.ts';
import type { Simulator } from './simulator.ts';

export type ControlSocket = {
  readonly path: string;
  /** Ends all conversations and takes the socket away. */
  close(): Promise<void>;
};

/** @param onQuit is called when somebody writes `quit`. Faults: SYS-902 (no socket can be made at `path`). */
export async function openControlSocket(path: string, simulator: Simulator, onQuit: () => void): Promise<Result<ControlSocket>> {
  const at = resolve(path);
  const free = await freeSocketPath(at);
  if (!free.ok) return free;
  const sockets = new Set<Socket>();
  const inTurn = createTurns();

  async function converse(socket: Socket): Promise<void> {
    for await (const line of createInterface({ input: socket })) {
      if (line.trim() === '') continue;
      const quit = line.trim() === 'quit';
      socket.write(`${quit ? 'ok {"quit":true}' : await inTurn(() => control(simulator, line))}\n`);
      if (quit) onQuit();
    }
    socket.end();
  }

  // Half open: who has written its last line still waits for the answers.
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.add(socket);
    socket.on('error', () => {}).on('close', () => sockets.delete(socket));
    converse(socket).catch((error) => {
      // Whoever hangs up without hearing the answers ends its own conversation, not the simulator.
      if (socket.errored === null) throw error;
    });
  });
  // The socket must never be there for others, not even for the moment between bind and chmod.
  const mask = process.umask(0o177);
  const error = await new Promise<Error | undefined>((listening) => {
    server.once('error', listening).listen(at, () => listening(undefined));
  });
  process.umask(mask);
  if (error) return failed('SYS-902', `--control: ${at} cannot be made (${(error as NodeJS.ErrnoException).code})`);
  await chmod(at, 0o600);
  return ok({
    path: at,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) socket.end().unref();
      setImmediate(() => {
        for (const socket of sockets) socket.destroy();
      });
      await closed;
      await rm(at, { force: true });
    },
  });
}

/** One command at a time, whoever writes it: two that insert a card must not both find the slot empty. */
function createTurns(): (work: () => Promise<string>) => Promise<string> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const mine = last.then(work);
    last = mine.catch(() => {});
    return mine;
  };
}

/** Nothing is there, or a socket that nobody serves any more. */
async function freeSocketPath(at: string): Promise<Result<void>> {
  const there = await lstat(at).catch(() => undefined);
  if (!there) return ok();
  if (!there.isSocket()) return failed('SYS-902', `--control: ${at} exists and is no socket. Choose a path where nothing is.`);
  const served = await new Promise<boolean>((answer) => {
    const socket = connect(at, () => {
      socket.destroy();
      answer(true);
    }).on('error', () => answer(false));
  });
  if (served) return failed('SYS-902', `--control: another simulator is listening at ${at}. End it, or choose another path.`);
  await rm(at, { force: true });
  return ok();
}
