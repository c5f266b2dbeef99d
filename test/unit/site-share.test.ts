import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { createTlsCa } from '../../src/bench/pki/tls-ca.ts';
import { configOf } from '../../src/compose-hardware.ts';
import { readSharePassword, SHARE_FOLDER } from '../../src/unit/clinic-share.ts';
import { readSite } from '../../src/unit/site.ts';

const folder = mkdtempSync(join(tmpdir(), 'kazasu-site-'));
afterAll(() => rmSync(folder, { recursive: true }));
const { ca } = await createTlsCa(new Date());
const share = { host: 'uketsuke-pc', folder: 'oqs/results', user: 'kazasu' };

function read(clinic: object) {
  const path = join(folder, 'site.json');
  const rest = { readerId: 'KZ000001', medicalInstitutionCode: '1310000000', network: { dhcp: true } };
  const gateway = { url: 'https://gateway.example', caPem: ca, enrolUrl: 'https://enrol.example:7444' };
  writeFileSync(path, JSON.stringify({ ...rest, gateway, time: { servers: ['ntp.nict.jp'] }, clinic }));
  return readSite(path);
}

describe('a share of the clinic’s network', () => {
  test('is where results go: the reader writes to the place that it is mounted at', () => {
    const site = read({ share });
    if (!site.ok) throw new Error(site.fault.detail);
    expect(site.value.clinic.share).toEqual({ ...share, port: 445 });
    expect(configOf(site.value).clinic.folder).toBe(SHARE_FOLDER);
  });

  test.each(['結果', 'OQS$', 'oqs/受付 1/結果', 'a.b/.c'])('may be named %s', (name) => {
    expect(read({ share: { ...share, folder: name } })).toMatchObject({ ok: true });
  });

  test.each([
    ['beside a folder', { folder: '/data/x', share }, 'clinic: either folder or share'],
    ['as Windows writes it', { share: '\\\\pc\\oqs' }, 'clinic.share: '],
    ['without a computer', { share: { ...share, host: undefined } }, 'clinic.share.host: '],
    ['with slashes before the computer', { share: { ...share, host: '//pc' } }, 'clinic.share.host: a host name or an address'],
    ['without a folder', { share: { ...share, folder: '' } }, 'clinic.share.folder: the share and folders within it'],
    ['with backslashes', { share: { ...share, folder: 'oqs\\results' } }, 'clinic.share.folder: the share and folders'],
    ['with a way upwards', { share: { ...share, folder: 'oqs/../c$' } }, 'clinic.share.folder: the share and folders'],
    ['with options behind a comma', { share: { ...share, folder: 'oqs,suid' } }, 'clinic.share.folder: the share and folders'],
    [
      'with a user of a domain',
      { share: { ...share, user: 'CLINIC\\kazasu' } },
      'clinic.share.user: a user name, without a domain',
    ],
    ['with options as a user', { share: { ...share, user: 'a,uid=0' } }, 'clinic.share.user: a user name'],
    ['with a wrong domain', { share: { ...share, domain: 'a b' } }, 'clinic.share.domain: a domain name'],
    ['with a wrong port', { share: { ...share, port: 0 } }, 'clinic.share.port: '],
    ['with the password in the site file', { share: { ...share, password: 'x' } }, 'clinic.share: Unrecognized key: "password"'],
  ])('%s is one message with field and reason', (_what, clinic, reason) => {
    const site = read(clinic);
    expect(site.ok ? '' : site.fault.detail).toContain(`site.json: ${reason}`);
    expect(site.ok ? '' : site.fault.detail).not.toContain(';');
  });
});

describe('its password', () => {
  const file = join(folder, 'clinic-share-password');

  test.each(['p4ssw0rd\n', 'p4ssw0rd', 'p4ssw0rd\r\n'])('is one line (%j)', (text) => {
    writeFileSync(file, text);
    expect(readSharePassword(file)).toEqual({ ok: true, value: 'p4ssw0rd' });
  });

  test.each(['', '\n', 'geheim,suid', 'geheim wort', 'geheim"wort', 'geheim\nwort', 'g'.repeat(128)])('is not %j', (text) => {
    writeFileSync(file, text);
    const password = readSharePassword(file);
    expect(password).toMatchObject({ ok: false, fault: { code: 'SYS-902', detail: expect.stringContaining(file) } });
    expect(JSON.stringify(password)).not.toContain('geheim');
  });

  test('that is missing is told with its file', () => {
    expect(readSharePassword(join(folder, 'no'))).toMatchObject({
      ok: false,
      fault: { detail: expect.stringContaining('ENOENT') },
    });
  });
});
