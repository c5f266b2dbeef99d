import { randomBytes, X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { deskCertificate } from '../../src/desk/certificate.ts';
import { createSimulatedClock, type SimulatedClock } from '../simulated-clock.ts';
import { DeskClient } from './desk-client.ts';
import { expectOk, serveDesk } from './serve-desk.ts';

const DAY_MS = 86_400_000;
const names = ['kz000001.local', 'localhost', '192.168.1.20', 'fd00::20'] as const;
let folder: string;
let clock: SimulatedClock;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kazasu-certificate-'));
  // The simulated year ends today: Node's own TLS looks at the real clock. Certificates know whole seconds.
  clock = createSimulatedClock({ wall: new Date(Math.floor(Date.now() / 1000) * 1000 - 336 * DAY_MS) });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const make = async (own: readonly [string, ...string[]] = names) =>
  expectOk(await deskCertificate({ folder, names: own, clock, random: (length) => randomBytes(length) }));

describe('the desk’s certificate', () => {
  test('is for its own names and serves TLS alone; it can issue no other', async () => {
    const certificate = new X509Certificate((await make()).cert);
    expect(names.slice(0, 2).every((name) => certificate.checkHost(name))).toBe(true);
    expect(names.slice(2).every((name) => certificate.checkIP(name))).toBe(true);
    expect(certificate.checkHost('kz000002.local')).toBeUndefined();
    expect(certificate.ca).toBe(false);
    expect(certificate.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1']);
    expect(certificate.verify(certificate.publicKey)).toBe(true);
  });

  test('stays the same until thirty days before its end, and is then a new one for a year', async () => {
    const first = await make();
    await clock.advance(334 * DAY_MS);
    expect(await make()).toEqual(first);
    await clock.advance(2 * DAY_MS);
    const second = new X509Certificate((await make()).cert);
    expect(second.serialNumber).not.toBe(new X509Certificate(first.cert).serialNumber);
    expect(second.validToDate.getTime() - clock.wall().getTime()).toBe(365 * DAY_MS);
  });

  test('is made anew when a name is added', async () => {
    const first = await make(['kz000001.local', 'localhost']);
    const second = await make();
    expect(second.cert).not.toBe(first.cert);
    expect(await make(['localhost'])).toEqual(second);
  });

  test('is made anew when its file is damaged', async () => {
    const path = join(folder, 'desk-certificate.pem');
    const first = await make();
    for (const damaged of ['', 'nonsense', readFileSync(path, 'utf8').slice(0, 400)]) {
      writeFileSync(path, damaged);
      expect((await make()).cert).not.toBe(first.cert);
    }
  });

  test('is readable by its owner alone', async () => {
    await make();
    expect(statSync(join(folder, 'desk-certificate.pem')).mode & 0o777).toBe(0o600);
  });

  test('a folder that cannot be written is told of', async () => {
    rmSync(folder, { recursive: true });
    const made = await deskCertificate({ folder, names, clock, random: (length) => randomBytes(length) });
    expect(made).toMatchObject({ ok: false, fault: { code: 'REC-701' } });
  });
});

test('a running desk renews its certificate by itself, and gives it to whoever wants to trust it', async () => {
  const desk = await serveDesk(clock);
  const given = async () => {
    const client = new DeskClient(desk);
    const { body } = await client.get('/certificate.crt');
    await client.close();
    return new X509Certificate(String(body)).fingerprint256;
  };
  const first = desk.server.fingerprint();
  expect(await given()).toBe(first);
  await clock.advance(336 * DAY_MS);
  await vi.waitFor(() => expect(desk.server.fingerprint()).not.toBe(first));
  // The client trusts what is kept now, and nothing else.
  expect(await given()).toBe(desk.server.fingerprint());
  await desk.close();
});
