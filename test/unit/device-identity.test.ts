/** A reader's first start, cut short anywhere, and the years after it. */
import { X509Certificate } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { BenchGateway } from '../../src/bench/gateway/bench-gateway.ts';
import { createBenchGateway } from '../../src/bench/gateway/bench-gateway.ts';
import { createBenchPki } from '../../src/bench/pki/bench-pki.ts';
import { systemClock } from '../../src/clock.ts';
import { type IdentityOptions, keepRenewed, openDeviceIdentity } from '../../src/eligibility/device-identity.ts';
import { eventually } from '../eventually.ts';
import { createSimulatedClock } from '../simulated-clock.ts';

const never = new AbortController().signal;
const DAY_MS = 86_400_000;

const pki = await createBenchPki({ now: new Date() });
let gateway: BenchGateway;
let enrolUrl: string;
let root: string;
const troubles: string[] = [];

beforeAll(async () => {
  gateway = createBenchGateway({
    ...{ pki, people: [], clock: systemClock, now: () => new Date() },
    random: (length) => crypto.getRandomValues(new Uint8Array(length)),
  });
  ({ origin: enrolUrl } = await gateway.listenForEnrolments());
});
afterAll(() => gateway.close());
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'kazasu-identity-'));
  mkdirSync(join(root, 'site'));
  troubles.length = 0;
});
afterEach(() => rmSync(root, { recursive: true }));

const at = (name: string) => join(root, name);
const certificate = () => readFileSync(at('device-certificate.pem'), 'utf8');
const layToken = (token = gateway.enrolments.admit('KZ000001')) => writeFileSync(at('site/token'), token, { mode: 0o600 });
const options = (more: Partial<IdentityOptions> = {}): IdentityOptions => ({
  ...{ folder: root, readerId: 'KZ000001', ca: pki.tls.ca, enrolUrl, tokenPath: at('site/token'), clock: systemClock },
  onTrouble: (detail) => troubles.push(detail),
  ...more,
});
const open = (more?: Partial<IdentityOptions>) => openDeviceIdentity(options(more), never);

test('the key stays where it was made, readable by its owner alone; the token goes', async () => {
  layToken();
  const opened = await open();
  expect(opened).toMatchObject({ ok: true, value: { cert: certificate(), key: readFileSync(at('device-key.pem'), 'utf8') } });
  expect(statSync(at('device-key.pem')).mode & 0o777).toBe(0o600);
  expect(existsSync(at('site/token'))).toBe(false);
  expect(await open()).toEqual(opened);
});

test.each([
  ['after the answer, before it was on the disk', ['device-certificate.pem']],
  ['before the token was removed', []],
])('cut short %s the same identity comes of it', async (_when, lost) => {
  const token = gateway.enrolments.admit('KZ000001');
  layToken(token);
  const first = await open();
  for (const name of lost) rmSync(at(name));
  layToken(token);
  expect(await open()).toEqual(first);
  expect(existsSync(at('site/token'))).toBe(false);
});

test('cut short before anything came of it, the next start begins again', async () => {
  layToken();
  const over = new AbortController();
  over.abort();
  expect(await openDeviceIdentity(options(), over.signal)).toMatchObject({ ok: false });
  expect(existsSync(at('site/token'))).toBe(true);
  expect(await open()).toMatchObject({ ok: true });
});

test('neither certificate nor token: one message that says what to do', async () => {
  expect(await open()).toMatchObject({
    fault: {
      code: 'GATE-504',
      detail: expect.stringMatching(/has no certificate, and there is no enrolment token .*Have one made/),
    },
  });
});

test('a refusal leaves the token where it is, for whoever comes to look', async () => {
  layToken('A'.repeat(22));
  expect(await open()).toMatchObject({ fault: { code: 'GATE-504', detail: expect.stringContaining('not known') } });
  expect(existsSync(at('site/token'))).toBe(true);
  expect(existsSync(at('device-certificate.pem'))).toBe(false);
});

test('a service that is away is GATE-501, and nothing has changed', async () => {
  layToken();
  expect(await open({ enrolUrl: 'https://127.0.0.1:1' })).toMatchObject({ fault: { code: 'GATE-501' } });
  expect(existsSync(at('site/token'))).toBe(true);
});

test('a certificate of another reader is not used: the site file was changed, and a new token is needed', async () => {
  layToken();
  await open();
  expect(await open({ readerId: 'KZ000002' })).toMatchObject({
    fault: { code: 'GATE-504', detail: expect.stringContaining('does not name the reader KZ000002') },
  });
  layToken(gateway.enrolments.admit('KZ000002'));
  expect(await open({ readerId: 'KZ000002' })).toMatchObject({ ok: true });
});

test('a key that others may read is not used', async () => {
  layToken();
  await open();
  chmodSync(at('device-key.pem'), 0o644);
  expect(await open()).toMatchObject({ fault: { code: 'REC-701', detail: expect.stringContaining('others may read it') } });
});

test('a certificate is renewed thirty days before its end; what stood in the way is told, and tried again', async () => {
  layToken();
  const opened = await open();
  if (!opened.ok) throw new Error(opened.fault.detail);
  const identity = opened.value;
  const [first, ends] = [identity.cert, new X509Certificate(identity.cert).validToDate];
  const clock = createSimulatedClock({ wall: new Date(ends.getTime() - 31 * DAY_MS) });
  const closing = new AbortController();
  const held = { ...options({ clock }), enrolUrl: 'https://127.0.0.1:1' };
  const keeping = keepRenewed(held, identity, closing.signal);
  await clock.advance(DAY_MS - 1);
  expect(troubles).toEqual([]);
  await clock.advance(1);
  await eventually(() => expect(troubles).toEqual([expect.stringContaining('could not be renewed')]));

  held.enrolUrl = enrolUrl;
  await eventually(async () => {
    await clock.advance(3_600_000);
    expect(certificate()).not.toBe(first);
  });
  expect(identity.cert).toBe(certificate());
  closing.abort();
  await keeping;
  expect(await open()).toMatchObject({ ok: true, value: { key: identity.key, cert: identity.cert } });
});
