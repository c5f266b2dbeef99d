import { spawnSync } from 'node:child_process';
import { randomBytes, X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { deskAuthority } from '../../src/desk/authority.ts';
import { deskCertificate, issue } from '../../src/desk/certificate.ts';
import { eventually } from '../eventually.ts';
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

/** The desk's own, and what stands behind it. */
const both = ({ cert, authority }: Awaited<ReturnType<typeof make>>) =>
  [new X509Certificate(cert), new X509Certificate(authority)] as const;

describe('the desk’s certificate', () => {
  test('is for its own names and serves TLS alone; the authority that has issued it comes with it', async () => {
    const made = await make();
    const [certificate, authority] = both(made);
    expect(names.slice(0, 2).every((name) => certificate.checkHost(name))).toBe(true);
    expect(names.slice(2).every((name) => certificate.checkIP(name))).toBe(true);
    expect(certificate.checkHost('kz000002.local')).toBeUndefined();
    expect(certificate.ca).toBe(false);
    expect(certificate.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1']);
    expect([certificate.checkIssued(authority), certificate.verify(authority.publicKey)]).toEqual([true, true]);
    expect(made.cert.endsWith(made.authority)).toBe(true);
  });

  test('stays the same until thirty days before its end, and is then a new one for a year by the same authority', async () => {
    const first = await make();
    await clock.advance(334 * DAY_MS);
    expect(await make()).toEqual(first);
    await clock.advance(2 * DAY_MS);
    const renewed = await make();
    const [second] = both(renewed);
    expect(second.serialNumber).not.toBe(new X509Certificate(first.cert).serialNumber);
    expect(second.validToDate.getTime() - clock.wall().getTime()).toBe(365 * DAY_MS);
    expect(renewed.authority).toBe(first.authority);
  });

  test('is made anew when an address is added, by the same authority', async () => {
    const first = await make(['kz000001.local', 'localhost']);
    const second = await make();
    expect(second.cert).not.toBe(first.cert);
    expect(second.authority).toBe(first.authority);
    expect(await make(['kz000001.local', 'localhost'])).toEqual(second);
  });

  test('is made anew when its file is damaged, and the authority stays', async () => {
    const path = join(folder, 'desk-certificate.pem');
    const first = await make();
    for (const damaged of ['', 'nonsense', readFileSync(path, 'utf8').slice(0, 400)]) {
      writeFileSync(path, damaged);
      const second = await make();
      expect([second.cert === first.cert, second.authority === first.authority]).toEqual([false, true]);
    }
  });

  test('both files are readable by their owner alone', async () => {
    await make();
    for (const file of ['desk-certificate.pem', 'desk-authority.pem'])
      expect(statSync(join(folder, file)).mode & 0o777).toBe(0o600);
  });

  test('a folder that cannot be written is told of', async () => {
    rmSync(folder, { recursive: true });
    const made = await deskCertificate({ folder, names, clock, random: (length) => randomBytes(length) });
    expect(made).toMatchObject({ ok: false, fault: { code: 'REC-701' } });
  });
});

describe('the authority', () => {
  test('is for ten years, and outlives all that it issues', async () => {
    const first = await make();
    const [, authority] = both(first);
    expect(Math.round((authority.validToDate.getTime() - clock.wall().getTime()) / DAY_MS)).toBe(3_653);
    await clock.advance(3_252 * DAY_MS);
    expect((await make()).authority).toBe(first.authority);
    await clock.advance(2 * DAY_MS);
    const [certificate, next] = both(await make());
    expect(next.fingerprint256).not.toBe(authority.fingerprint256);
    expect(certificate.checkIssued(next)).toBe(true);
  });

  test('is another where the desk has another name, and where its file is damaged', async () => {
    const first = await make();
    const renamed = await make(['uketsuke.local', 'localhost']);
    expect(renamed.authority).not.toBe(first.authority);
    writeFileSync(join(folder, 'desk-authority.pem'), renamed.authority);
    const second = await make(['uketsuke.local', 'localhost']);
    expect(second.authority).not.toBe(renamed.authority);
    expect(both(second)[0].checkIssued(both(second)[1])).toBe(true);
  });

  /** OpenSSL's own judgement, as a second reader: Debian's program is part of the setup. */
  const opensslTrusts = (authority: string, cert: string): string => {
    const [root, leaf] = [join(folder, 'root.pem'), join(folder, 'leaf.pem')];
    writeFileSync(root, authority);
    writeFileSync(leaf, cert);
    const at = String(Math.floor(clock.wall().getTime() / 1000));
    const { stdout, stderr } = spawnSync('openssl', ['verify', '-attime', at, '-purpose', 'sslserver', '-CAfile', root, leaf]);
    return `${stdout}${stderr}`;
  };

  test('is believed for the desk’s names and for addresses of a clinic’s network, and for nothing else', async () => {
    const random = (length: number) => randomBytes(length);
    const authority = expectOk(await deskAuthority({ folder, names, clock, random }));
    const issued = async (...own: [string, ...string[]]) => {
      const issuedFor = await issue({ folder, names: own, clock, random }, authority, clock.wall());
      return opensslTrusts(authority.cert, issuedFor.cert);
    };
    expect(await issued(...names)).toContain('leaf.pem: OK');
    for (const address of ['10.1.2.3', '172.31.0.1', '127.0.0.1', '::1', 'fe80::1']) {
      expect(await issued('localhost', address), address).toContain('leaf.pem: OK');
    }
    for (const other of ['bank.example', 'kz000002.local'])
      expect(await issued(other), other).toContain('permitted subtree violation');
    for (const address of ['172.32.0.1', '203.0.113.7', '2001:db8::1'])
      expect(await issued('localhost', address), address).toContain('permitted subtree violation');
  });

  test('where the desk has a public address, addresses are not limited and names are', async () => {
    const made = await make(['kz000001.local', 'localhost', '203.0.113.7']);
    expect(opensslTrusts(made.authority, made.cert)).toContain('leaf.pem: OK');
  });
});

test('a running desk renews its certificate by itself, and whoever trusts its authority notices nothing', async () => {
  const desk = await serveDesk(clock);
  const client = new DeskClient(desk);
  const { body: authority } = await client.get('/certificate.crt');
  const fingerprint = desk.server.fingerprint();
  expect(new X509Certificate(String(authority)).fingerprint256).toBe(fingerprint);
  expect((await client.get('/certificate')).body).toMatchObject({ fingerprint });
  const port = Number(new URL(client.origin).port);
  const served = () =>
    new Promise<string>((resolve, reject) => {
      const socket = connect({ port, host: '127.0.0.1', servername: 'localhost', ca: String(authority) }, () => {
        resolve(socket.getPeerCertificate().serialNumber);
        socket.end();
      }).on('error', reject);
    });
  const first = await served();
  await clock.advance(336 * DAY_MS);
  await eventually(async () => expect(await served()).not.toBe(first));
  expect(desk.server.fingerprint()).toBe(fingerprint);
  await client.close();
  await desk.close();
});
