import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { manifestOf } from '../../../firmware/image/manifest.ts';
import type { LockedPackage } from '../../../firmware/image/package-lock.ts';
import { sbomOf } from '../../../firmware/image/sbom.ts';
import { targets } from '../../../firmware/image/targets.ts';
import { makeKeys } from '../../../firmware/update/make-keys.ts';

const folder = mkdtempSync(join(tmpdir(), 'kazasu-papers-'));
afterAll(() => rmSync(folder, { recursive: true }));

const debian: readonly LockedPackage[] = [
  { name: 'zlib1g', version: '1:1.3', file: 'z.deb', bytes: 1, sha256: 'a'.repeat(64), use: 'installed' },
  { name: 'linux-image-6', version: '6.12', file: 'l.deb', bytes: 1, sha256: 'b'.repeat(64), use: 'kernel' },
];

test('the bill of materials names every Debian and npm package once, with where it comes from and its hash', () => {
  const npm = {
    packages: {
      '': { version: '0.1.0' },
      'node_modules/zod': { version: '4.0.0', integrity: `sha512-${Buffer.from('x').toString('base64')}`, license: 'MIT' },
      'node_modules/@img/sharp': { version: '1.0.0' },
      'node_modules/a/node_modules/zod': { version: '3.0.0' },
    },
  };
  const { components, specVersion } = sbomOf({ target: 'virt', version: '1.0.0', debian, npm });
  expect(specVersion).toBe('1.6');
  expect(components.map(({ purl }) => purl)).toEqual([
    'pkg:deb/debian/zlib1g@1%3A1.3?arch=arm64&distro=trixie',
    'pkg:deb/debian/linux-image-6@6.12?arch=arm64&distro=trixie',
    'pkg:npm/zod@4.0.0',
    'pkg:npm/%40img/sharp@1.0.0',
    'pkg:npm/zod@3.0.0',
  ]);
  expect(components[2]).toMatchObject({ hashes: [{ alg: 'SHA-512', content: '78' }] });
  const references = components.map((one) => one['bom-ref']);
  expect(new Set(references).size).toBe(references.length);
});

test('the manifest says what the image is, whose updates it believes, and that no hardware has run it', async () => {
  const keys = await makeKeys({ folder: join(folder, 'keys'), test: true, now: new Date() });
  const file = join(folder, 'image.img');
  writeFileSync(file, 'abc');
  const options = { version: '1.0.0', commit: 'c0ffee', packages: debian, node: '24.0.0', updateCa: keys.ca, files: [file] };
  const virt = await manifestOf({ target: targets.virt, ...options });
  expect(virt).toMatchObject({
    ...{ target: 'virt', compatible: 'kazasu-virt', version: '1.0.0', commit: 'c0ffee', node: '24.0.0' },
    ...{ testHand: true, neverRunOnHardware: true },
    files: [{ file: 'image.img', bytes: 3, sha256: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad' }],
  });
  expect(virt.updateCa.subject).toMatch(/test/i);
  expect((await manifestOf({ target: targets.rpi4, ...options })).testHand).toBe(false);
});
