/** The updater's own process, between a real server of releases, the reader's real control socket and RAUC's real judgement. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { KeyFiles } from '../../firmware/update/make-keys.ts';
import { createTlsCa, type TlsCa } from '../../src/bench/pki/tls-ca.ts';
import { systemClock } from '../../src/clock.ts';
import { openControlSocket } from '../../src/unit/control-socket.ts';
import { testKeys, tinyBundle } from '../firmware/update/signed.ts';
import { openReleaseHost } from './release-host.ts';

const folder = mkdtempSync(join(tmpdir(), 'kazasu-agent-'));
const file = (name: string) => join(folder, name);
const LONG = { timeout: 90_000 };
let ca: TlsCa;
let keys: KeyFiles;
let host: Awaited<ReturnType<typeof openReleaseHost>>;
const running: ChildProcess[] = [];

beforeAll(async () => {
  ca = await createTlsCa(new Date());
  keys = await testKeys(file('keys'));
  host = await openReleaseHost(folder, ca);
  const device = await ca.issueDevice('KZ000001');
  writeFileSync(file('device.pem'), device.cert);
  writeFileSync(file('device.key'), device.key);
  writeFileSync(file('os-release'), 'IMAGE_ID=kazasu-virt\nIMAGE_VERSION=1.0.0\n');
  writeFileSync(file('site.json'), JSON.stringify(site({ feed: host.feed, ring: 1, caPem: ca.ca })));
  writeFileSync(file('rauc'), raucHere());
  chmodSync(file('rauc'), 0o755);
});
afterEach(async () => {
  for (const child of running.splice(0)) {
    child.kill('SIGTERM');
    if (child.exitCode === null) await new Promise((ended) => child.once('exit', ended));
  }
});
afterAll(async () => {
  await host.close();
  rmSync(folder, { recursive: true, force: true });
});

/**
 * RAUC's judgement is real; its service, which needs device-mapper, is not here, and neither, before RAUC 1.13, is its
 * streaming: the bundle is read from the address as that does, by ranges, and judged as a file.
 */
function raucHere(): string {
  return `#!${process.execPath}
const { appendFileSync, writeFileSync } = require('node:fs');
const { spawnSync } = require('node:child_process');
const words = process.argv.slice(2);
const part = (url, range) => fetch(url, { headers: { range } });
async function info(url) {
  const size = Number((await part(url, 'bytes=0-3')).headers.get('content-range').split('/')[1]);
  writeFileSync('${file('read.raucb')}', Buffer.from(await (await part(url, 'bytes=0-' + (size - 1))).arrayBuffer()));
  const args = ['--keyring', '${keys.ca}', ...words.slice(0, -1), '${file('read.raucb')}'];
  process.exit(spawnSync('rauc', args, { stdio: 'inherit' }).status);
}
if (words[0] === 'info') info(words.at(-1));
else appendFileSync('${file('rauc.log')}', words.join(' ') + '\\n');
`;
}

function site(update: object) {
  const gateway = { url: 'https://localhost:1', enrolUrl: 'https://localhost:2', caPem: ca.ca };
  const who = { readerId: 'KZ000001', medicalInstitutionCode: '1310000000' };
  return { ...who, gateway, network: { dhcp: true }, time: { servers: ['ntp.example'] }, update };
}

const words = () => [
  ...['src/main.ts', 'update-agent', '--site', file('site.json'), '--control', file('control.sock')],
  ...['--state', file('state'), '--certificate', file('device.pem'), '--key', file('device.key')],
  ...['--reboot-request', file('run/reboot'), '--os-release', file('os-release'), '--rauc', file('rauc')],
];

function start() {
  const child = spawn(process.execPath, words(), { stdio: ['ignore', 'pipe', 'inherit'] });
  running.push(child);
  let said = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  return { child, said: () => said };
}

test('from the list of releases to the restart, and to the good mark after it, with a camera that was broken before', async () => {
  const asked: string[] = [];
  let standing = true;
  const parts: object[] = [];
  const answer = (ask: string, value: object) => () => {
    asked.push(ask);
    return value;
  };
  const reader = await openControlSocket({
    path: file('control.sock'),
    clock: systemClock,
    onDefect: (error) => {
      throw error;
    },
    answers: {
      state: answer('state', { reception: false }),
      rest: () => answer('rest', { resting: !standing })(),
      resume: answer('resume', { resting: false }),
      'self-test': () => answer('self-test', { selfTest: { at: '', passed: parts.length === 0, parts } })(),
    },
  });
  if (!reader.ok) throw new Error(reader.fault.detail);
  const { path: _, ...listed } = await tinyBundle(folder, keys, { version: '1.1.0' });
  const releases = [{ ...listed, rings: { 1: '2026-01-01T00:00:00Z' }, spreadHours: 0 }];
  const list = () => writeFileSync(file('releases.json'), JSON.stringify({ format: 'kazasu-releases-1', releases }));
  list();

  const before = start();
  // Somebody stands there: neither self-test nor restart.
  await expect.poll(() => asked.includes('rest'), LONG).toBe(true);
  await expect.poll(before.said, LONG).toContain('"update.proving","version":"1.0.0"');
  expect(existsSync(file('rauc.log'))).toBe(false);
  before.child.kill('SIGTERM');
  standing = false;

  writeFileSync(file('releases.json'), 'no list');
  const misled = start();
  await expect.poll(misled.said, LONG).toContain('"code":"UPD-972","detail":"it is not JSON');
  expect(misled.said()).toContain('"toDo":"Correct the list on the server');
  misled.child.kill('SIGTERM');
  list();
  rmSync(file('rauc.log'));
  parts.push({ part: 'card-camera', ok: false, code: 'UNIT-951' });

  const again = start();
  await expect.poll(() => existsSync(file('run/reboot')), LONG).toBe(true);
  const installed = readFileSync(file('rauc.log'), 'utf8');
  expect(installed).toMatch(/^status mark-good\ninstall http:\/\/127\.0\.0\.1:\d+\/[0-9a-f]{32}\.raucb\n$/);
  expect(asked.slice(-3)).toEqual(['rest', 'self-test', 'rest']);
  expect(JSON.parse(readFileSync(file('state/state.json'), 'utf8')).underWay.brokenBefore).toEqual(['card-camera']);
  expect(host.asked[0]?.agent).toMatch(/^kazasu-update\/1\.0\.0 \(KZ000001; kazasu-virt; ring 1; [a-z-]+\)$/);
  const stopped = new Promise((ended) => again.child.once('exit', ended));
  again.child.kill('SIGTERM');
  expect(await stopped).toBe(0);

  // The next boot runs the new version; its kernel would have another boot id.
  writeFileSync(file('os-release'), 'IMAGE_ID=kazasu-virt\nIMAGE_VERSION=1.1.0\n');
  const after = start();
  await expect.poll(after.said, LONG).toContain('"update.good","version":"1.1.0"');
  await expect.poll(after.said, LONG).toContain('update.none');
  expect(readFileSync(file('rauc.log'), 'utf8')).toBe(`${installed}status mark-good\n`);
  expect(JSON.parse(readFileSync(file('state/state.json'), 'utf8'))).toEqual({ proven: '1.1.0', failed: [] });
  await reader.value.close();
});

test.each([
  [
    'a ring that is none',
    () => writeFileSync(file('bad.json'), JSON.stringify(site({ feed: host.feed, ring: 10, caPem: ca.ca }))),
    'update.ring',
  ],
  ['no site file', () => rmSync(file('bad.json'), { force: true }), 'cannot be read (ENOENT)'],
])('%s is one line', (_, write, reason) => {
  write();
  const args = words().map((word) => (word === file('site.json') ? file('bad.json') : word));
  const run = spawnSync(process.execPath, args, { encoding: 'utf8' });
  expect(run.status).toBe(1);
  expect(run.stderr.trim().split('\n')).toHaveLength(1);
  expect(run.stderr).toContain(reason);
});
