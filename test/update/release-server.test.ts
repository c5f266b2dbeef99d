import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest';
import { createTlsCa, type TlsCa, type TlsIdentity } from '../../src/bench/pki/tls-ca.ts';
import { systemClock } from '../../src/clock.ts';
import type { Release } from '../../src/update/feed.ts';
import { createReleaseServer } from '../../src/update/release-server.ts';
import { createSimulatedClock } from '../simulated-clock.ts';
import { openReleaseHost, type Trouble } from './release-host.ts';
import { release } from './simulated-unit.ts';

const never = new AbortController().signal;
const folder = mkdtempSync(join(tmpdir(), 'kazasu-releases-'));
const bundle = randomBytes(3_000_000);
const offered = release('1.1.0', { size: bundle.length });

let ca: TlsCa;
let device: TlsIdentity;
let host: Awaited<ReturnType<typeof openReleaseHost>>;

beforeAll(async () => {
  ca = await createTlsCa(new Date());
  device = await ca.issueDevice('KZ000001');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

beforeEach(async () => {
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
  const tls = () => ({ ca: ca.ca, cert: readFileSync(join(folder, 'none'), 'latin1'), key: '' });
  expect(await client({ tls }).releases(never)).toMatchObject({
    ok: false,
    fault: { code: 'UPD-971', detail: expect.stringContaining("device's own certificate") },
  });
});

test.each([
  ['not JSON', '<html>', 'it is not JSON'],
  ['another format', '{"format":"2","releases":[]}', 'format'],
  ['a wrong field', JSON.stringify({ format: 'kazasu-releases-1', releases: [{ ...offered, size: 0 }] }), 'releases.0.size'],
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

/** As RAUC asks: a piece by its two ends. */
async function read(url: string, from: number, to: number) {
  const answer = await fetch(url, { headers: { range: `bytes=${from}-${to}` } });
  return {
    status: answer.status,
    range: answer.headers.get('content-range'),
    bytes: Buffer.from(await answer.arrayBuffer()),
  };
}

/** A stream of the offered bundle, closed after the test. */
async function streamed(more: Parameters<typeof client>[0] = {}, release_ = offered, signal = never) {
  const percents: number[] = [];
  const stream = await client(more).stream(release_, (percent) => percents.push(percent), signal);
  if (!stream.ok) throw new Error(stream.fault.detail);
  onTestFinished(() => stream.value.close());
  return { ...stream.value, percents, port: new URL(stream.value.url).port };
}

const part = (from: number, to: number) => ({
  status: 206,
  range: `bytes ${from}-${to}/${bundle.length}`,
  bytes: bundle.subarray(from, to + 1),
});

test('a bundle goes by piece by piece, over connections that stay open, and tells how far it is', async () => {
  const stream = await streamed();
  // RAUC asks for the first four bytes, then for the signature at the end, then for all in order.
  expect(await read(stream.url, 0, 3)).toEqual(part(0, 3));
  expect(await read(stream.url, 2_990_000, 2_999_999)).toEqual(part(2_990_000, 2_999_999));
  const pieces: Buffer[] = [];
  for (let from = 0; from < bundle.length; from += 100_000) pieces.push((await read(stream.url, from, from + 99_999)).bytes);
  expect(Buffer.concat(pieces).equals(bundle)).toBe(true);
  expect(stream.percents).toEqual([10, 20, 30, 40, 50, 60, 70, 80, 90, 100]);
  // A megabyte at a time, however small RAUC's pieces are.
  expect(host.asked.map(({ range }) => range)).toEqual(['bytes=0-1048575', 'bytes=2097152-2999999', 'bytes=1048576-2097151']);
  expect(host.connections()).toBe(1);
  expect(stream.lost()).toBeUndefined();
});

test('pieces that are asked for together come together', async () => {
  const stream = await streamed();
  const starts = Array.from({ length: 12 }, (_, index) => index * 250_000);
  const pieces = await Promise.all(starts.map((from) => read(stream.url, from, from + 249_999)));
  expect(Buffer.concat(pieces.map(({ bytes }) => bytes)).equals(bundle)).toBe(true);
});

test.each<[string, Trouble]>([
  ['breaks in the middle of a piece', { cutAfter: 50_000 }],
  ['is answered by a proxy that finds no server', { status: 503 }],
  ['brings another piece', { otherPart: true }],
])(
  'a line that %s is waited for, and nobody notices',
  async (_, trouble) => {
    const stream = await streamed();
    host.befall(trouble, trouble);
    expect(await read(stream.url, 100_000, 199_999)).toEqual(part(100_000, 199_999));
    expect(host.asked).toHaveLength(3);
    expect(stream.lost()).toBeUndefined();
  },
  30_000,
);

test('a server that falls silent in the middle of a piece is asked again after a minute', async () => {
  const clock = createSimulatedClock();
  const stream = await streamed({ clock });
  host.befall({ silentAfter: 50_000 });
  const piece = read(stream.url, 0, 99_999);
  await expect.poll(() => host.asked.length, { timeout: 20_000 }).toBe(1);
  await clock.advance(61_000);
  await clock.advance(3_000);
  expect(await piece).toEqual(part(0, 99_999));
});

test('a line that stays away is given up before the kernel gives up the piece, and later pieces are refused at once', async () => {
  const clock = createSimulatedClock();
  const stream = await streamed({ clock });
  await host.close();
  let status = 0;
  void read(stream.url, 0, 99_999).then((answer) => {
    status = answer.status;
  });
  const endsAfter = async () => {
    for (let ms = 0; ms < 300_000; ms += 1_000) {
      // A refused connection takes no simulated time, but some of this PC's.
      await new Promise((soon) => setTimeout(soon, 5));
      if (status !== 0) return ms;
      await clock.advance(1_000);
    }
    return Number.POSITIVE_INFINITY;
  };
  const ms = await endsAfter();
  expect(ms).toBeGreaterThanOrEqual(180_000);
  expect(ms).toBeLessThan(300_000);
  expect(status).toBe(502);
  expect(stream.lost()).toMatchObject({ code: 'UPD-974', detail: expect.stringContaining('ECONNREFUSED') });
  expect((await read(stream.url, 100_000, 199_999)).status).toBe(502);
}, 60_000);

test.each<[string, Trouble, string, string]>([
  ['has it no longer', { status: 404 }, 'UPD-974', '1.1.0.raucb: the server answered 404'],
  ['knows no ranges', { withoutRanges: true }, 'UPD-974', '1.1.0.raucb: the server gives no parts of a file'],
])('a server that %s is not asked again', async (_, trouble, code, detail) => {
  const stream = await streamed();
  host.befall(trouble);
  expect((await read(stream.url, 0, 3)).status).toBe(502);
  expect(stream.lost()).toEqual({ code, detail });
  expect(host.asked).toHaveLength(1);
});

test.each([
  ['longer', Buffer.concat([bundle, Buffer.of(0)]), 'it has not 3000000 bytes (bytes 2097152-2999999/3000001)'],
  ['shorter', bundle.subarray(1), 'it is shorter than 3000000 bytes'],
])('a bundle that is %s than the list says is not the one', async (_, content, detail) => {
  writeFileSync(join(folder, offered.bundle), content);
  const stream = await streamed();
  expect((await read(stream.url, 2_999_990, 2_999_999)).status).toBe(502);
  expect(stream.lost()).toEqual({ code: 'UPD-975', detail: `1.1.0.raucb: ${detail}` });
});

test('nothing is given to who does not know the address, and nothing without both ends, beyond the end or too long', async () => {
  const stream = await streamed();
  const statusOf = async (url: string, init: RequestInit) => (await fetch(url, init)).status;
  const range = 'bytes=0-3';
  expect(await statusOf(`http://127.0.0.1:${stream.port}/1.1.0.raucb`, { headers: { range } })).toBe(404);
  expect(await statusOf(stream.url, { method: 'POST', headers: { range } })).toBe(404);
  expect(await statusOf(stream.url, {})).toBe(416);
  for (const wrong of ['bytes=0-', 'bytes=5-4', 'bytes=0-3000000', 'bytes=-4', 'lines=0-3', 'bytes=0-3,5-8'])
    expect([wrong, await statusOf(stream.url, { headers: { range: wrong } })]).toEqual([wrong, 416]);
  const large = await streamed({}, { ...offered, size: 20_000_000 });
  expect(await statusOf(large.url, { headers: { range: 'bytes=0-10000000' } })).toBe(416);
  expect(host.asked).toEqual([]);
});

test('a stream that is closed, or whose updater is asked to stop, leaves nobody waiting', async () => {
  const stop = new AbortController();
  const [closed, stopped] = [await streamed(), await streamed({}, offered, stop.signal)];
  host.befall({ silentAfter: 10 }, { silentAfter: 10 });
  const reading = read(closed.url, 0, 99);
  const waiting = read(stopped.url, 0, 99);
  await expect.poll(() => host.asked.length, { timeout: 20_000 }).toBe(2);
  stop.abort();
  expect((await waiting).status).toBe(502);
  await closed.close();
  await expect(reading).rejects.toThrow();
  await expect(read(closed.url, 0, 99)).rejects.toThrow();
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

test('a bundle is reached by https alone', async () => {
  const answer = await client().stream({ ...offered, bundle: 'http://localhost/1.1.0.raucb' }, () => {}, never);
  expect(answer).toMatchObject({ ok: false, fault: { code: 'UPD-972' } });
});
