import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { createTlsCa, type TlsCa, type TlsIdentity } from '../../src/bench/pki/tls-ca.ts';
import { systemClock } from '../../src/clock.ts';
import type { Release } from '../../src/update/feed.ts';
import { createReleaseServer } from '../../src/update/release-server.ts';
import { createSimulatedClock } from '../simulated-clock.ts';
import { openReleaseHost } from './release-host.ts';
import { release } from './simulated-unit.ts';

const never = new AbortController().signal;
const folder = mkdtempSync(join(tmpdir(), 'kazasu-releases-'));
/** Some times what is on its way between disk, TLS and disk when a line breaks: that is lost with it. */
const bundle = randomBytes(3_000_000);
const offered = release('1.1.0', { size: bundle.length, sha256: createHash('sha256').update(bundle).digest('hex') });

let ca: TlsCa;
let device: TlsIdentity;
let host: Awaited<ReturnType<typeof openReleaseHost>>;
let state: string;

beforeAll(async () => {
  ca = await createTlsCa(new Date());
  device = await ca.issueDevice('KZ000001');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

beforeEach(async () => {
  state = mkdtempSync(join(folder, 'state-'));
  host = await openReleaseHost(folder, ca);
  list([offered]);
  writeFileSync(join(folder, offered.bundle), bundle);
});
afterEach(() => host.close());

function list(releases: readonly Release[]): void {
  writeFileSync(join(folder, 'releases.json'), JSON.stringify({ format: 'kazasu-releases-1', releases }));
}

function client(more: Partial<Parameters<typeof createReleaseServer>[0]> = {}) {
  return createReleaseServer({
    feed: host.feed,
    tls: () => ({ ca: ca.ca, ...device }),
    userAgent: () => 'kazasu-update/1.0.0 (KZ000001; kazasu-virt; ring 1; none)',
    folder: state,
    clock: systemClock,
    ...more,
  });
}

test('the list is read over mutual TLS, and the server learns who asks', async () => {
  expect(await client().releases(never)).toEqual({ ok: true, value: [offered] });
  expect(host.asked).toEqual([
    { path: '/releases.json', range: undefined, agent: 'kazasu-update/1.0.0 (KZ000001; kazasu-virt; ring 1; none)' },
  ]);
});

test('a reader that the server does not know is turned away, and so is a server that the reader does not know', async () => {
  const stranger = await createTlsCa(new Date());
  const other = await stranger.issueDevice('KZ000001');
  const turnedAway = await client({ tls: () => ({ ca: ca.ca, ...other }) }).releases(never);
  expect(turnedAway).toMatchObject({ ok: false, fault: { code: 'UPD-971' } });
  const distrusted = await client({ tls: () => ({ ca: stranger.ca, ...device }) }).releases(never);
  expect(distrusted).toMatchObject({ ok: false, fault: { code: 'UPD-971', detail: expect.stringContaining('certificate') } });
  expect(host.asked).toEqual([]);
});

test('a reader without a certificate says so', async () => {
  const tls = () => ({ ca: ca.ca, cert: readFileSync(join(state, 'none'), 'latin1'), key: '' });
  expect(await client({ tls }).releases(never)).toMatchObject({
    ok: false,
    fault: { code: 'UPD-971', detail: expect.stringContaining("device's own certificate") },
  });
});

test.each([
  ['not JSON', '<html>', 'it is not JSON'],
  ['another format', '{"format":"2","releases":[]}', 'format'],
  [
    'a wrong field',
    JSON.stringify({ format: 'kazasu-releases-1', releases: [{ ...offered, sha256: 'x' }] }),
    'releases.0.sha256',
  ],
  ['too long', ' '.repeat(300 * 1024), 'longer than 256 KiB'],
])('a list that is %s is one line that says why', async (_, text, reason) => {
  writeFileSync(join(folder, 'releases.json'), text);
  const answer = await client().releases(never);
  expect(answer).toMatchObject({ ok: false, fault: { code: 'UPD-972', detail: expect.stringContaining(reason) } });
});

test('a server that is away, and a list that is not there', async () => {
  const feed = host.feed.replace('releases', 'nothing');
  expect(await client({ feed }).releases(never)).toMatchObject({ fault: { detail: `${feed}: the server answered 404` } });
  await host.close();
  expect(await client().releases(never)).toMatchObject({
    fault: { code: 'UPD-971', detail: expect.stringContaining('ECONNREFUSED') },
  });
});

test('a bundle comes whole', async () => {
  const got = await client().fetch(offered, never);
  expect(got).toEqual({ ok: true, value: join(state, `${offered.sha256}.raucb`) });
  expect(readFileSync(join(state, `${offered.sha256}.raucb`)).equals(bundle)).toBe(true);
  // Fetched once: a second call finds it.
  expect(await client().fetch(offered, never)).toEqual(got);
  expect(host.asked).toHaveLength(1);
});

test('a line that breaks twice costs nothing twice: each time it goes on where it stopped', async () => {
  host.befall({ cutAfter: 1_000_000 }, { cutAfter: 2_500_000 });
  for (const _ of [1, 2]) expect(await client().fetch(offered, never)).toMatchObject({ ok: false, fault: { code: 'UPD-974' } });
  expect(await client().fetch(offered, never)).toMatchObject({ ok: true });
  const [first = 0, second = 0] = host.asked.slice(1).map(({ range }) => Number(/\d+/.exec(range ?? '')));
  expect(first).toBeGreaterThan(300_000);
  expect(second).toBeGreaterThan(first + 300_000);
  expect(readdirSync(state)).toEqual([`${offered.sha256}.raucb`]);
});

test('a server without ranges gives it from the beginning', async () => {
  host.befall({ cutAfter: 1_000_000 }, { withoutRanges: true });
  await client().fetch(offered, never);
  expect(await client().fetch(offered, never)).toMatchObject({ ok: true });
});

test('a server that gives another part than was asked for is not believed', async () => {
  host.befall({ cutAfter: 1_000_000 }, { otherPart: true });
  await client().fetch(offered, never);
  expect(await client().fetch(offered, never)).toMatchObject({ fault: { detail: '1.1.0.raucb: the server answered 206' } });
  expect(await client().fetch(offered, never)).toMatchObject({ ok: true });
});

test('a server that falls silent is given up after a minute, and what came is kept', async () => {
  host.befall({ silentAfter: 100_000 });
  const clock = createSimulatedClock();
  const fetching = client({ clock }).fetch(offered, never);
  const came = () => readdirSync(state).length > 0 && readFileSync(join(state, `${offered.sha256}.part`)).length === 100_000;
  await expect.poll(came, { timeout: 20_000 }).toBe(true);
  await clock.advance(61_000);
  expect(await fetching).toMatchObject({ ok: false, fault: { code: 'UPD-974', detail: expect.stringContaining('silent') } });
  expect(await client().fetch(offered, never)).toMatchObject({ ok: true });
  expect(host.asked.at(-1)?.range).toBe('bytes=100000-');
});

test('a server whose head does not come is given up after a minute', async () => {
  const deaf = createServer((socket) => socket.on('error', () => {}).resume());
  await new Promise<void>((listening) => deaf.listen(0, '127.0.0.1', listening));
  const { port } = deaf.address() as AddressInfo;
  const clock = createSimulatedClock();
  const asking = client({ clock, feed: `https://localhost:${port}/releases.json` }).releases(never);
  await clock.advance(61_000);
  expect(await asking).toMatchObject({ fault: { code: 'UPD-971', detail: `localhost:${port}: no answer in time` } });
  await new Promise((closed) => deaf.close(closed));
});

test('who is asked to stop stops, and goes on at the next start', async () => {
  host.befall({ silentAfter: 100_000 });
  const stop = new AbortController();
  const fetching = client().fetch(offered, stop.signal);
  await expect.poll(() => readdirSync(state).length, { timeout: 20_000 }).toBe(1);
  stop.abort();
  expect(await fetching).toMatchObject({ ok: false });
  expect(await client().fetch(offered, never)).toMatchObject({ ok: true });
});

test.each([
  ['changed on the server', () => Buffer.from(bundle).fill(0, 1_000, 1_004)],
  ['longer than the list says', () => Buffer.concat([bundle, Buffer.of(0)])],
])('a bundle that is %s is not kept', async (_, content) => {
  writeFileSync(join(folder, offered.bundle), content());
  expect(await client().fetch(offered, never)).toMatchObject({ ok: false, fault: { code: 'UPD-975' } });
  expect(readdirSync(state)).toEqual([]);
});

test('the beginning of another bundle is never gone on with', async () => {
  host.befall({ cutAfter: 100_000 });
  await client().fetch(offered, never);
  const next = randomBytes(200_000);
  const newer = release('1.2.0', { size: next.length, sha256: createHash('sha256').update(next).digest('hex') });
  writeFileSync(join(folder, newer.bundle), next);
  expect(await client().fetch(newer, never)).toMatchObject({ ok: true });
  expect(readdirSync(state)).toEqual([`${newer.sha256}.raucb`]);
});

test('a bundle for which there is no room is not begun', async () => {
  expect(await client().fetch({ ...offered, size: 7_900_000_000_000 }, never)).toMatchObject({ fault: { code: 'UPD-973' } });
  expect(host.asked).toEqual([]);
});

test('a bundle is reached by https alone', async () => {
  const answer = await client().fetch({ ...offered, bundle: 'http://localhost/1.1.0.raucb' }, never);
  expect(answer).toMatchObject({ ok: false, fault: { code: 'UPD-972' } });
});
