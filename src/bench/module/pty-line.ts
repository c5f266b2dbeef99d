/**
 * A pseudo-terminal as the cable between reader and module peer: the reader opens `path` as it would a serial
 * port's device node. The path is a link of ours that stays the same when the cable is pulled and put back.
 *
 * Of node-pty only the native `openpty` is used. Its terminal object decodes text, reads on the host's end and so
 * takes bytes meant for the host, leaves a descriptor open, and has a destroy() that signals process −1.
 */
import { execFile, spawn } from 'node:child_process';
import { closeSync, writeSync } from 'node:fs';
import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ReadStream } from 'node:tty';
import { promisify } from 'node:util';
import type { PeerWire } from './peer-wire.ts';

export type PtyLine = {
  /** The device node to open. */
  readonly path: string;
  readonly peer: PeerWire;
  /** Pulls the cable: whoever has it open sees a hang-up, and the path is gone until `plugIn`. */
  unplug(): Promise<void>;
  plugIn(): Promise<void>;
  /** Unplugs and leaves nothing behind. */
  close(): Promise<void>;
};

/** File descriptors of both ends, non-blocking, and the host's device node. */
type NativePty = {
  open(columns: number, rows: number): { readonly master: number; readonly slave: number; readonly pty: string };
};
const require = createRequire(import.meta.url);
const { requireBinary } = require('@lydell/node-pty/requireBinary.js');
const native: NativePty = requireBinary('pty.node');

type Terminal = { readonly master: number; readonly slave: number; readonly stream: ReadStream };

/** @param link where the path shall be, which must be free; in a temporary folder of its own when absent */
export async function openPty(link?: string): Promise<PtyLine> {
  const folder = link === undefined ? await mkdtemp(join(tmpdir(), 'kazasu-line-')) : undefined;
  const path = link ?? join(folder ?? '', 'module');
  let terminal: Terminal | undefined;
  let toPeer = (_bytes: Uint8Array): void => {};

  async function plugIn(): Promise<void> {
    if (terminal !== undefined) return;
    const { master, slave, pty } = native.open(80, 24);
    // Not yet raw, a terminal echoes what comes and eats 03, 11 and 13.
    await promisify(execFile)('stty', ['-F', pty, 'raw', '-echo']);
    try {
      await symlink(pty, path);
    } catch (error) {
      closeSync(master);
      closeSync(slave);
      throw error;
    }
    const stream = new ReadStream(master);
    stream.on('error', () => {});
    stream.on('data', (bytes: Buffer) => toPeer(Uint8Array.from(bytes)));
    terminal = { master, slave, stream };
  }

  async function unplug(): Promise<void> {
    if (terminal === undefined) return;
    const { slave, stream } = terminal;
    terminal = undefined;
    await rm(path, { force: true });
    await new Promise((resolve) => stream.once('close', resolve).destroy());
    // Held open until now: without it the peer's end fails whenever no host has the line open.
    closeSync(slave);
  }

  await plugIn();
  return {
    path,
    plugIn,
    unplug,
    peer: {
      write(bytes) {
        if (terminal !== undefined) writeOrOverrun(terminal.master, bytes);
      },
      onBytes(listener) {
        toPeer = listener;
      },
      hostBaudRate: async () => terminal && baudRateOf(terminal.slave),
    },
    async close() {
      await unplug();
      if (folder !== undefined) await rm(folder, { recursive: true, force: true });
    },
  };
}

/**
 * The rate that whoever has the terminal open has set last: a pseudo-terminal passes bytes at any rate, but keeps the
 * setting. `stty` is given our own descriptor, since opening the node again would be refused while a host has it locked.
 */
async function baudRateOf(slave: number): Promise<number | undefined> {
  const stty = spawn('stty', ['speed'], { stdio: [slave, 'pipe', 'ignore'] });
  let text = '';
  stty.stdout?.on('data', (bytes: Buffer) => {
    text += bytes.toString('latin1');
  });
  await new Promise((resolve) => stty.once('close', resolve).once('error', resolve));
  return Number.parseInt(text, 10) || undefined;
}

/**
 * Writes past the stream, which on a pseudo-terminal's master would stand still with the whole process until the
 * host reads. What does not fit (4 kB) is lost, as in a UART that nobody reads.
 */
function writeOrOverrun(master: number, bytes: Uint8Array): void {
  try {
    writeSync(master, bytes);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'EAGAIN' && code !== 'EIO') throw error;
  }
}
