/** A RAUC bundle from a root file system: signed, and looked at as a unit will look at it before it is given out. */
import { copyFile, link, mkdir, mkdtemp, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { isVersion } from '../../src/update/version.ts';
import { Mistake } from '../image/mistake.ts';
import { runTool } from '../image/run-tool.ts';
import { hashFile } from './signed-sums.ts';

export type BundleWish = {
  readonly rootfs: string;
  /** `kazasu-virt`, `kazasu-rpi4` */
  readonly compatible: string;
  readonly version: string;
  /** PEM files, or PKCS#11 URLs as RAUC takes them. */
  readonly cert: string;
  readonly key: string;
  /** The authority that units believe, a PEM file. */
  readonly ca: string;
  readonly out: string;
};

/** What a list of releases says of a bundle. */
export type BuiltBundle = { readonly version: string; readonly compatible: string } & {
  readonly bundle: string;
  readonly size: number;
};

const HOOK = 'install-check.sh';

/**
 * @returns the bundle's line for the list of releases. Throws a Mistake when a tool fails, or when the bundle would be
 * refused by a unit: then there is none.
 */
export async function buildBundle(wish: BundleWish): Promise<BuiltBundle> {
  const { rootfs, compatible, version, cert, key, ca, out } = wish;
  if (!isVersion(version)) throw new Mistake(`--version: "${version}" is none; a version is three numbers, such as 1.4.0.`);
  await mkdir(dirname(out), { recursive: true });
  // Beside the result: the root file system is linked, not copied, and the bundle renamed.
  const work = await mkdtemp(join(dirname(out), '.bundle-'));
  try {
    const content = join(work, 'content');
    const made = join(work, 'made.raucb');
    await mkdir(content);
    await linkOrCopy(rootfs, join(content, 'rootfs.img'));
    await copyFile(join(import.meta.dirname, HOOK), join(content, HOOK));
    await writeFile(join(content, 'manifest.raucm'), manifest(compatible, version));
    await runTool('rauc', ['bundle', '--cert', cert, '--key', key, '--signing-keyring', ca, content, made]);
    // `rauc info` looks at the signature alone; extracting checks every block under it.
    await runTool('rauc', ['--keyring', ca, 'extract', made, join(work, 'extracted')]);
    if ((await hashFile(join(work, 'extracted', 'rootfs.img'))) !== (await hashFile(rootfs))) {
      throw new Mistake(`${out} would not hold what ${rootfs} holds; there is no bundle. Is the disk full or failing?`);
    }
    await rename(made, out);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  return { version, compatible, bundle: basename(out), size: (await stat(out)).size };
}

function manifest(compatible: string, version: string): string {
  return `[update]
compatible=${compatible}
version=${version}

[bundle]
format=verity

[hooks]
filename=${HOOK}
hooks=install-check

[image.rootfs]
filename=rootfs.img
`;
}

async function linkOrCopy(from: string, to: string): Promise<void> {
  await stat(from).catch(() => {
    throw new Mistake(`${from} is not there. Make the image first: npm run -s firmware -- image --target virt|rpi4`);
  });
  await link(from, to).catch(() => copyFile(from, to));
}
