/** A file server of the clinic's network: Debian's Samba with a throw-away configuration, on this PC's loopback. */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Mistake } from '../image/mistake.ts';
import { runTool } from '../image/run-tool.ts';
import { until } from './step.ts';

const SMBD = '/usr/sbin/smbd';
/** No port that needs root, and none of a server that this PC may have. */
const PORT = 4450;
/** Samba's account needs one of the system's behind it. */
const USER = 'nobody';
const NOBODY = 65_534;

export type ClinicShare = {
  /** `clinic.share` of a site file, as seen from inside an emulated reader. */
  readonly site: { readonly host: string; readonly port: number; readonly folder: string; readonly user: string };
  readonly password: string;
  /** What lies in the shared folder. */
  files(): readonly string[];
  start(): Promise<void>;
  /** Ends the server with all its connections. */
  stop(): Promise<void>;
  close(): Promise<void>;
};

/** Not started yet. Throws a Mistake where there is no Samba. */
export async function makeClinicShare(): Promise<ClinicShare> {
  if (!existsSync(SMBD)) throw new Mistake('There is no Samba to be the clinic’s file server. Install it: apt install samba');
  const home = mkdtempSync(join(tmpdir(), 'kazasu-share-'));
  const results = join(home, 'oqs/results');
  for (const folder of [results, join(home, 'private')]) mkdirSync(folder, { recursive: true });
  chmodSync(home, 0o711);
  chownSync(results, NOBODY, NOBODY);
  const configuration = join(home, 'smb.conf');
  writeFileSync(configuration, smbConf(home));
  const password = randomBytes(18).toString('base64url');
  await runTool('smbpasswd', ['-c', configuration, '-s', '-a', USER], { input: `${password}\n${password}\n` });
  let server: ChildProcess | undefined;
  // In a group of its own: its children, one a connection, go with it.
  const kill = () => {
    if (server?.pid !== undefined && server.exitCode === null && server.signalCode === null) process.kill(-server.pid, 'SIGKILL');
  };
  const stop = async () => {
    const ended = server && new Promise((resolve) => server?.once('exit', resolve));
    if (server?.exitCode !== null || server.signalCode !== null) return;
    kill();
    await ended;
  };
  process.once('exit', kill);
  return {
    site: { host: '10.0.2.2', port: PORT, folder: 'oqs/results', user: USER },
    ...{ password, stop },
    files: () => readdirSync(results).sort(),
    async start() {
      server = spawn(SMBD, ['--foreground', '--no-process-group', '--configfile', configuration], {
        stdio: 'ignore',
        detached: true,
      });
      await until('Samba does not listen', 30_000, async () => ((await answers()) ? true : undefined));
    },
    async close() {
      await stop();
      process.removeListener('exit', kill);
      rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    },
  };
}

/** smb.conf(5): SMB 3 with encryption alone, and nothing of it outside of `home`. */
const smbConf = (home: string) => `[global]
server role = standalone server
interfaces = 127.0.0.1/8
bind interfaces only = yes
smb ports = ${PORT}
disable netbios = yes
server min protocol = SMB3
server smb encrypt = required
map to guest = never
load printers = no
passdb backend = tdbsam:${home}/passwords.tdb
private dir = ${home}/private
lock directory = ${home}/lock
state directory = ${home}/state
cache directory = ${home}/cache
pid directory = ${home}/run
ncalrpc dir = ${home}/ncalrpc
log file = ${home}/smbd.log

[oqs]
path = ${home}/oqs
read only = no
valid users = ${USER}
`;

function answers(): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ port: PORT, host: '127.0.0.1' });
    socket.once('connect', () => resolve(true));
    socket.once('error', () => resolve(false));
    socket.once('close', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}
