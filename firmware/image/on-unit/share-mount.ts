/** The clinic's share, mounted by the kernel itself: found, mounted, asked whether it answers, let go. */
import { lookup } from 'node:dns/promises';
import { mkdirSync, readdirSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { basename, dirname } from 'node:path';
import { type Clock, deadline, pause } from '../../../src/clock.ts';
import { type ClinicShare, readSharePassword } from '../../../src/unit/clinic-share.ts';
import type { Ended, RunProgram } from '../../../src/update/run-program.ts';
import { shareFstab } from './share-fstab.ts';

/** `away`: nobody was asked for anything; `refused`: somebody said no. */
export type Mounted = { readonly at: 'mounted' } | { readonly at: 'away' | 'refused'; readonly reason: string };

/** Each ends within its bound, whatever the server does. */
export type ShareMount = {
  mount(signal: AbortSignal): Promise<Mounted>;
  /** Whether it is there and the server answers. */
  answers(signal: AbortSignal): Promise<boolean>;
  /** Ends what waits for the server, and takes the share away, with the folder that it was in. */
  unmount(): Promise<void>;
};

export type ShareMountOptions = {
  readonly share: ClinicShare;
  readonly passwordFile: string;
  /** Where the share is to be; it must not be there. */
  readonly folder: string;
  /** A path that root alone can read: it holds the password for the moment of the mount. */
  readonly fstab: string;
  readonly run: RunProgram;
  readonly clock: Clock;
};

const CONNECT_MS = 5_000;
const MOUNT_MS = 60_000;
/** What it says first is why; its last line is advice. */
const MOUNT = 'exec mount --internal-only --fstab "$1" "$2" 2>&1';
/** A share on a clinic’s own network answers at once. */
const ANSWER_MS = 10_000;
const UNMOUNT_MS = 10_000;
/** How long a killed program may take to be gone. */
const KILL_MS = 1_000;
const always = new AbortController().signal;
/** statfs(2)'s word for SMB 2 and later. */
const FILE_SYSTEM = 'smb2';

export function createShareMount({ share, passwordFile, folder, fstab, run, clock }: ShareMountOptions): ShareMount {
  /** A program that waits for a lost server may not even be killed: then it is left behind. */
  async function bounded(program: string, args: readonly string[], boundMs: number, signal: AbortSignal): Promise<Ended> {
    const patience = new AbortController();
    const late = pause(clock, boundMs + KILL_MS, patience.signal).then(() => ({ ok: false, output: '', lastLine: 'no answer' }));
    return Promise.race([run(program, args, boundMs, signal), late]).finally(() => patience.abort());
  }
  async function letGo(): Promise<void> {
    // The folder itself is not touched: that may wait for a lost server.
    if (!readdirSync(dirname(folder)).includes(basename(folder))) return;
    await bounded('umount', ['--internal-only', '--no-canonicalize', '--force', '--lazy', folder], UNMOUNT_MS, always);
    rmdirSync(folder);
  }
  return {
    async mount(signal) {
      const password = readSharePassword(passwordFile);
      if (!password.ok) return { at: 'refused', reason: password.fault.detail ?? passwordFile };
      const found = await findServer(share, clock, signal);
      if ('reason' in found) return { at: 'away', ...found };
      mkdirSync(folder, { mode: 0o700 });
      writeFileSync(fstab, shareFstab({ share, password: password.value, address: found.address, folder }), { mode: 0o600 });
      const { ok, output, lastLine } = await bounded('sh', ['-c', MOUNT, 'mount', fstab, folder], MOUNT_MS, signal);
      rmSync(fstab);
      if (ok) return { at: 'mounted' };
      await letGo();
      const reason = output.split('\n')[0] || lastLine;
      return { at: output === '' ? 'away' : 'refused', reason };
    },
    async answers(signal) {
      const { ok, output } = await bounded('stat', ['--file-system', '--format=%T', folder], ANSWER_MS, signal);
      return ok && output.trim() === FILE_SYSTEM;
    },
    unmount: letGo,
  };
}

type Found = { readonly address: string } | { readonly reason: string };

/** Whether somebody listens there is asked first: a mount of a server that is away takes long, and says less. */
async function findServer({ host, port }: ClinicShare, clock: Clock, signal: AbortSignal): Promise<Found> {
  const bound = deadline(clock, CONNECT_MS, signal);
  try {
    const { address } = await Promise.race([lookup(host), rejected(bound.signal)]);
    await connects(address, port, bound.signal);
    return { address };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return { reason: bound.expired() ? `${host} does not answer` : `${host} does not answer (${code ?? message})` };
  } finally {
    bound.done();
  }
}

function connects(host: string, port: number, signal: AbortSignal): Promise<void> {
  const socket = connect({ host, port, signal });
  return new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('error', reject);
  }).finally(() => socket.destroy());
}

function rejected(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }));
}
