/** `firmware bundle`: an update for one kind of unit. */
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { Mistake } from '../image/mistake.ts';
import { targets } from '../image/targets.ts';
import { type BundleWish, buildBundle } from './build-bundle.ts';

const USAGE = `usage: firmware bundle --rootfs IMAGE --target virt|rpi4 --version X.Y.Z --cert FILE --key FILE --out FILE.raucb
  --cert, --key   of the release signer: PEM files or PKCS#11 URLs
  --ca FILE       what units believe; update-ca.pem beside the signer's certificate without it
`;

/** Prints the bundle's entry for the list of releases. @returns 0, 1 when there is no bundle, 2 for a wrong call */
export async function bundle(args: readonly string[]): Promise<number> {
  const wish = parse(args);
  if (typeof wish === 'string') {
    process.stderr.write(`${wish}\n${USAGE}`);
    return 2;
  }
  try {
    const built = await buildBundle(wish);
    process.stderr.write(`${wish.out} is signed and whole. Its entry for the list of releases, rings to be named:\n`);
    process.stdout.write(`${JSON.stringify({ ...built, rings: {} }, null, 2)}\n`);
    return 0;
  } catch (error) {
    if (!(error instanceof Mistake)) throw error;
    process.stderr.write(`There is no bundle: ${error.message}\n`);
    return 1;
  }
}

/** @returns what is wished, or what is wrong with the words */
function parse(args: readonly string[]): BundleWish | string {
  const text = { type: 'string' } as const;
  const options = { rootfs: text, target: text, version: text, cert: text, key: text, ca: text, out: text } as const;
  try {
    const { rootfs, target, version, cert, key, ca, out } = parseArgs({ args: [...args], options }).values;
    if (target !== 'virt' && target !== 'rpi4') return '--target is virt or rpi4';
    if (!rootfs || !version || !cert || !key || !out) return '--rootfs, --version, --cert, --key and --out are all needed';
    const { compatible } = targets[target];
    return { rootfs, version, cert, key, out, compatible, ca: ca ?? join(dirname(cert), 'update-ca.pem') };
  } catch (error) {
    return (error as Error).message;
  }
}
