/** The bundles that a run offers: one good, and one for each way in which a bundle can be wrong. */
import { globSync, mkdirSync, openSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { makeSquashfs } from '../image/squashfs.ts';
import { type BuiltBundle, buildBundle } from '../update/build-bundle.ts';
import { type KeyFiles, makeKeys } from '../update/make-keys.ts';

export type TestBundles = {
  readonly good: BuiltBundle;
  /** A kernel that finds no system. */
  readonly panics: BuiltBundle;
  /** A system without the models that faces are compared by: its self-test cannot pass. */
  readonly failsItself: BuiltBundle;
  readonly foreign: BuiltBundle;
  readonly otherMachine: BuiltBundle;
  readonly tampered: BuiltBundle;
  readonly older: BuiltBundle;
};

export type TestBundleOptions = {
  /** The system that the image under test was made of. */
  readonly tree: string;
  readonly date: number;
  readonly keys: KeyFiles;
  /** A folder outside of any repository, for the keys of a stranger. */
  readonly strangersKeys: string;
  readonly work: string;
  /** Where the bundles are put. */
  readonly to: string;
};

/** An emulated board reads a bundle at about 1 MB/s: what only the screen needs is left out of the slots that are offered. */
const ONLY_FOR_THE_SCREEN = [
  'usr/lib/chromium',
  'usr/share/fonts',
  'usr/share/icons',
  'usr/lib/aarch64-linux-gnu/dri',
  'usr/lib/aarch64-linux-gnu/libLLVM*',
  'usr/lib/aarch64-linux-gnu/libgallium*',
  'opt/kazasu/build/kiosk/voice',
];
const ONLY_KERNEL = ['boot/vmlinuz', 'boot/initrd.img'];
/** Where the payload of a bundle lies for certain: RAUC's header is small, and the file system's tables are at its end. */
const TAMPERED_AT = 300_000;

export async function makeTestBundles({ tree, date, keys, strangersKeys, work, to }: TestBundleOptions): Promise<TestBundles> {
  mkdirSync(work, { recursive: true });
  const stranger = await makeKeys({ folder: strangersKeys, test: true, now: new Date() });
  const bundle = (name: string, version: string, rootfs: string, by: KeyFiles, compatible = 'kazasu-virt') =>
    buildBundle({ rootfs, version, compatible, cert: by.signer, key: by.signerKey, ca: by.ca, out: join(to, `${name}.raucb`) });
  const slot = async (version: string, without: readonly string[]) => {
    const out = join(work, `${version}.squashfs`);
    await makeSquashfs({
      tree,
      to: out,
      date,
      without: [...globSync(ONLY_FOR_THE_SCREEN, { cwd: tree }), ...without],
      replaced: versionFiles(tree, work, version),
    });
    return out;
  };
  const small = join(work, 'kernel');
  mkdirSync(join(small, 'boot'), { recursive: true });
  for (const path of ONLY_KERNEL) writeFileSync(join(small, path), readFileSync(join(tree, path)));
  const kernel = join(work, 'kernel.squashfs');
  await makeSquashfs({ tree: small, to: kernel, date });
  const tampered = await bundle('tampered', '1.9.0', kernel, keys);
  spoil(join(to, 'tampered.raucb'));
  return {
    good: await bundle('good', '1.1.0', await slot('1.1.0', []), keys),
    failsItself: await bundle('fails-itself', '1.3.0', await slot('1.3.0', ['opt/kazasu/build/models']), keys),
    panics: await bundle('panics', '1.2.0', kernel, keys),
    foreign: await bundle('foreign', '1.9.0', kernel, stranger),
    otherMachine: await bundle('other-machine', '1.9.0', kernel, keys, 'kazasu-rpi4'),
    older: await bundle('older', '0.9.0', kernel, keys),
    tampered,
  };
}

/** The two places that name an image's version. */
function versionFiles(tree: string, work: string, version: string) {
  const changed = (path: string, change: (text: string) => string) => {
    const by = join(work, `${version}-${path.replaceAll('/', '-')}`);
    writeFileSync(by, change(readFileSync(join(tree, path), 'utf8')));
    return { path, by };
  };
  return [
    changed('usr/lib/os-release', (text) => text.replace(/^IMAGE_VERSION=.*$/m, `IMAGE_VERSION=${version}`)),
    changed('opt/kazasu/package.json', (text) => text.replace(/"version": "[^"]*"/, `"version": "${version}"`)),
  ];
}

function spoil(path: string): void {
  writeSync(openSync(path, 'r+'), Buffer.from('spoilt'), 0, 6, TAMPERED_AT);
}
