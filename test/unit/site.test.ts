import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { createTlsCa } from '../../src/bench/pki/tls-ca.ts';
import { certificatesIn, readSite } from '../../src/unit/site.ts';

const folder = mkdtempSync(join(tmpdir(), 'kazasu-site-'));
afterAll(() => rmSync(folder, { recursive: true }));
const path = join(folder, 'site.json');
const { ca } = await createTlsCa(new Date());

const least = {
  readerId: 'KZ000001',
  medicalInstitutionCode: '1310000000',
  gateway: { url: 'https://gateway.example', caPem: ca, enrolUrl: 'https://enrol.example:7444' },
  network: { dhcp: true },
  time: { servers: ['ntp.nict.jp'] },
};

function read(site: object) {
  writeFileSync(path, JSON.stringify(site));
  return readSite(path);
}

test('the least that a site must say leaves the rest to the hardware’s usual names', () => {
  expect(read(least)).toMatchObject({
    ok: true,
    value: {
      module: { path: '/dev/kazasu-module', protocol: 'auto' },
      panel: { path: '/dev/kazasu-panel' },
      card: { camera: '/dev/kazasu-card-camera' },
      kiosk: { browser: '/usr/lib/kazasu/kiosk-browser' },
      clinic: { encoding: 'utf-8', fhir: false },
      ports: { kiosk: 7410, desk: 7413 },
      without: [],
    },
  });
});

test.each([
  ['readerId', { readerId: 'kz-1' }, 'readerId: four to sixteen of A–Z and 0–9'],
  [
    'a gateway without TLS',
    { gateway: { ...least.gateway, url: 'http://gateway.example' } },
    'gateway.url: an address that begins with https://',
  ],
  [
    'a gateway with a path',
    { gateway: { ...least.gateway, url: 'https://gateway.example/v1' } },
    'gateway.url: an address without a path',
  ],
  ['no certificate', { gateway: { ...least.gateway, caPem: 'none' } }, 'gateway.caPem: certificates in PEM'],
  [
    'something beside certificates',
    { gateway: { ...least.gateway, caPem: `${ca}\nand more` } },
    'gateway.caPem: certificates in PEM',
  ],
  ['neither DHCP nor an address', { network: { dhcp: false } }, 'network: either { "dhcp": true } or address'],
  [
    'an address without prefix',
    { network: { address: '192.168.1.2', gateway: '192.168.1.1', dns: ['192.168.1.1'] } },
    'network: either',
  ],
  ['no time server', { time: { servers: [] } }, 'time.servers: at least one time server'],
  ['an unknown field', { colour: 'red' }, 'the file: Unrecognized key: "colour"'],
  ['a ring too many', { update: { feed: 'https://f.example/x', ring: 10, caPem: ca } }, 'update.ring: '],
])('%s is one message with file, field and reason', (_what, wrong, reason) => {
  const site = read({ ...least, ...wrong });
  expect(site).toMatchObject({ ok: false, fault: { code: 'SYS-902' } });
  expect(site.ok ? '' : site.fault.detail).toContain(`${path}: ${reason}`);
});

test('a file that is missing, or no JSON, is told as such', () => {
  writeFileSync(path, '{');
  expect(readSite(path)).toMatchObject({ ok: false, fault: { detail: expect.stringContaining('is not JSON') } });
  expect(readSite(join(folder, 'no'))).toMatchObject({ ok: false, fault: { detail: expect.stringContaining('ENOENT') } });
});

test('several authorities may stand one after the other', () => {
  expect(read({ ...least, gateway: { ...least.gateway, caPem: ca + ca } })).toMatchObject({ ok: true });
  expect(certificatesIn(ca + ca)).toHaveLength(2);
});
