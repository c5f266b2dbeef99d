import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type KeyFiles, makeKeys } from '../../../firmware/update/make-keys.ts';
import { readSignedSums, signFiles, sumsOf } from '../../../firmware/update/signed-sums.ts';
import { said, testKeys } from './signed.ts';

const folder = mkdtempSync(join(tmpdir(), 'kazasu-keys-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const sub = (name: string) => {
  mkdirSync(join(folder, name), { recursive: true });
  return join(folder, name);
};

let ours: KeyFiles;
let theirs: KeyFiles;
beforeAll(async () => {
  ours = await testKeys(join(folder, 'ours'));
  theirs = await testKeys(join(folder, 'theirs'));
});

describe('keys', () => {
  test('are for their owner alone, and test keys say so', () => {
    expect(statSync(ours.signerKey).mode & 0o777).toBe(0o600);
    const subjects = said(
      'openssl',
      'x509',
      '-in',
      ours.signer,
      '-noout',
      '-subject',
      '-issuer',
      '-ext',
      'extendedKeyUsage',
    ).text;
    expect(subjects.match(/Kazasu TEST (release signer|update CA) - never for a clinic/g)).toHaveLength(2);
    expect(subjects).toMatch(/No extensions/);
    expect(said('openssl', 'verify', '-x509_strict', '-CAfile', ours.ca, ours.signer).text).toContain('OK');
  });

  test('are never made in a repository, but where it ignores them', async () => {
    const repository = sub('repository');
    expect(said('git', 'init', '--quiet', repository).status).toBe(0);
    writeFileSync(join(repository, '.gitignore'), 'build/\n');
    await expect(testKeys(join(repository, 'deep/keys'))).rejects.toThrow('lies in a git repository');
    expect(existsSync(join(repository, 'deep'))).toBe(false);
    expect(existsSync((await testKeys(join(repository, 'build/keys'))).signerKey)).toBe(true);
  });

  test('are never made over other keys', async () => {
    await expect(testKeys(join(folder, 'ours'))).rejects.toThrow('is there already; nothing was written');
  });

  test('another signer of the same authority is believed as well', async () => {
    const keys = await testKeys(sub('renewed'));
    const before = readFileSync(keys.ca, 'latin1');
    rmSync(keys.signerKey);
    await testKeys(sub('renewed'));
    expect(readFileSync(keys.ca, 'latin1')).toBe(before);
    expect(said('openssl', 'verify', '-CAfile', keys.ca, keys.signer).text).toContain('OK');
  });
});

describe('a signed list of hashes', () => {
  test('is believed from our signer, for the very files', async () => {
    const file = join(sub('image'), 'kazasu.img');
    writeFileSync(file, 'image');
    await signFiles({ file, more: [ours.ca], cert: ours.signer, key: ours.signerKey });
    const sums = await readSignedSums(file, ours.ca);
    expect([...sums.keys()]).toEqual(['kazasu.img', 'update-ca.pem']);
    expect(said('sh', '-c', `cd "${join(folder, 'image')}" && sha256sum -c --ignore-missing kazasu.img.sha256`).text).toBe(
      'kazasu.img: OK\n',
    );
    await expect(readSignedSums(file, theirs.ca)).rejects.toThrow(/is not signed by whom .* stands for/);
    await expect(readSignedSums(file, join(folder, 'none.pem'))).rejects.toThrow('is missing: the update authority');
    writeFileSync(sumsOf(file).list, `${'0'.repeat(64)}  kazasu.img\n`);
    await expect(readSignedSums(file, ours.ca)).rejects.toThrow('is not signed by whom');
    rmSync(sumsOf(file).signature);
    await expect(readSignedSums(file, ours.ca)).rejects.toThrow('is missing');
  });

  test('is not believed from an authority that this PC knows for other things', async () => {
    const file = join(sub('known'), 'kazasu.img');
    writeFileSync(file, 'image');
    // Of another name: OpenSSL finds authorities by theirs.
    const others = await makeKeys({ folder: join(folder, 'others'), test: false, now: new Date() });
    await signFiles({ file, more: [], cert: others.signer, key: others.signerKey });
    const known = sub('known-authorities');
    copyFileSync(others.ca, join(known, 'others.pem'));
    expect(said('openssl', 'rehash', known).status).toBe(0);
    vi.stubEnv('SSL_CERT_DIR', known);
    try {
      await expect(readSignedSums(file, ours.ca)).rejects.toThrow('is not signed by whom');
    } finally {
      vi.unstubAllEnvs();
    }
  });
});
