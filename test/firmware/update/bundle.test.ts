import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildBundle } from '../../../firmware/update/build-bundle.ts';
import type { KeyFiles } from '../../../firmware/update/make-keys.ts';
import { systemClock } from '../../../src/clock.ts';
import { createRauc } from '../../../src/update/rauc.ts';
import { createRunProgram } from '../../../src/update/run-program.ts';
import { release } from '../../update/simulated-unit.ts';
import { said, testKeys, tinyBundle, tinyRootfs } from './signed.ts';

const folder = mkdtempSync(join(tmpdir(), 'kazasu-bundle-'));
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

describe('a bundle', () => {
  test('says what it is, and its entry for the list is right', async () => {
    const bundle = await tinyBundle(sub('good'), ours);
    const { text } = said('rauc', '--keyring', ours.ca, 'info', '--output-format=json', bundle.path);
    const info = JSON.parse(text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1));
    expect(info).toMatchObject({ compatible: 'kazasu-virt', version: '1.1.0', hooks: ['install-check'] });
    expect(bundle.size).toBe(statSync(bundle.path).size);
    // Nothing of the work is left beside it.
    expect(readdirSync(join(folder, 'good')).sort()).toEqual(['kazasu-virt-1.1.0.raucb', 'rootfs.squashfs', 'tree']);
  });

  test('is not given out when units would not believe it', async () => {
    const rootfs = await tinyRootfs(sub('bad'));
    const out = join(folder, 'bad', 'bad.raucb');
    const wish = {
      rootfs,
      compatible: 'kazasu-virt',
      version: '1.0.0',
      cert: theirs.signer,
      key: theirs.signerKey,
      ca: ours.ca,
      out,
    };
    await expect(buildBundle(wish)).rejects.toThrow(/issuer certificate|verif/);
    expect(() => statSync(out)).toThrow('ENOENT');
    await expect(buildBundle({ ...wish, version: '1.0' })).rejects.toThrow('a version is three numbers');
    await expect(buildBundle({ ...wish, rootfs: join(folder, 'none') })).rejects.toThrow('Make the image first');
  });
});

describe('a unit', () => {
  /** RAUC as on a unit, but for its service: that needs device-mapper, and is tried in the virtual machine. */
  const installer = () => {
    const log = join(folder, 'installed');
    const program = join(folder, 'rauc');
    const through = `exec rauc --keyring "${ours.ca}" "$@"`;
    writeFileSync(program, `#!/bin/sh\ncase "$1" in info) ${through};; *) echo "$@" >> "${log}";; esac\n`);
    chmodSync(program, 0o755);
    writeFileSync(log, '');
    return { rauc: createRauc({ run: createRunProgram(systemClock), program }), calls: () => readFileSync(log, 'utf8') };
  };
  const never = new AbortController().signal;

  test('installs what is signed, for it, and as listed', async () => {
    const { path, ...listed } = await tinyBundle(sub('good'), ours);
    const { rauc, calls } = installer();
    expect(await rauc.install(path, release('1.1.0', listed), never)).toEqual({ ok: true });
    expect(calls()).toBe(`install ${path}\n`);
    expect(await rauc.markGood(never)).toEqual({ ok: true });
    expect(calls()).toContain('status mark-good');
  });

  test('refuses what another authority has signed', async () => {
    const { path } = await tinyBundle(sub('foreign'), theirs);
    const { rauc, calls } = installer();
    expect(await rauc.install(path, release('1.1.0'), never)).toMatchObject({
      fault: { code: 'UPD-976', detail: expect.stringContaining('unable to get local issuer certificate') },
    });
    expect(calls()).toBe('');
  });

  test('refuses what is for another machine, or of another version than the list says', async () => {
    const { rauc, calls } = installer();
    const rpi4 = await tinyBundle(sub('rpi4'), ours, { compatible: 'kazasu-rpi4' });
    expect(await rauc.install(rpi4.path, release('1.1.0'), never)).toMatchObject({
      fault: { code: 'UPD-977', detail: 'the list says 1.1.0 for kazasu-virt, the bundle 1.1.0 for kazasu-rpi4' },
    });
    const older = await tinyBundle(sub('older'), ours, { version: '0.9.0' });
    expect(await rauc.install(older.path, release('1.1.0'), never)).toMatchObject({ fault: { code: 'UPD-977' } });
    expect(calls()).toBe('');
  });

  test('finds four changed bytes of the payload, though the signature is whole', async () => {
    const { path } = await tinyBundle(sub('tampered'), ours);
    const bytes = readFileSync(path);
    bytes.fill(0xff, 50_000, 50_004);
    writeFileSync(path, bytes);
    expect(said('rauc', '--keyring', ours.ca, 'info', path).status).toBe(0);
    const extracted = said('rauc', '--keyring', ours.ca, 'extract', path, join(folder, 'tampered', 'out'));
    expect(extracted.status).not.toBe(0);
    expect(extracted.text).toMatch(/bundle payload|hash tree|verity|mismatch/i);
  });

  test('whose rauc is missing, or does not end, says so', async () => {
    const run = createRunProgram(systemClock);
    const gone = createRauc({ run, program: join(folder, 'no-rauc') });
    expect(await gone.install('x', release('1.1.0'), never)).toMatchObject({
      fault: { detail: expect.stringContaining('ENOENT') },
    });
    const ended = await run('sleep', ['60'], 200, never);
    expect(ended).toMatchObject({ ok: false, lastLine: 'no end within 0.2 s' });
  });
});
