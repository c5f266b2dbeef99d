/**
 * The far end of a line with a panel at it, in a process of its own: a pseudo-terminal that was opened in the reader's
 * process would be inherited by the panel's process, and would not hang up when its cable is pulled.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { openPty } from '../../src/bench/module/pty-line.ts';
import { attachFirmataPeer } from './firmata-peer.ts';

/** `listen` is done when the reader has said its first word. */
type Order = 'pull' | 'put-back' | 'mute' | 'listen';
type FarEnd = { readonly path: string; tell(order: Order): Promise<void>; close(): void };

export async function openFarEnd(): Promise<FarEnd> {
  const held: ChildProcess = fork(fileURLToPath(import.meta.url), ['hold'], { execArgv: [] });
  const [path] = (await once(held, 'message')) as [string];
  return {
    path,
    async tell(order) {
      const done = once(held, 'message');
      held.send(order);
      await done;
    },
    close: () => void held.disconnect(),
  };
}

async function hold(): Promise<void> {
  const line = await openPty();
  const peer = attachFirmataPeer(line);
  process.on('message', async (order: Order) => {
    if (order === 'pull') await line.unplug();
    else if (order === 'put-back') await line.plugIn();
    else if (order === 'listen') await peer.spokenTo;
    else peer.fallSilent();
    process.send?.('done');
  });
  process.once('disconnect', () => void line.close());
  process.send?.(line.path);
}

if (process.argv[2] === 'hold') await hold();
