/** `image`: builds the system image of a target, or renews the lock of Debian packages. Needs root. */
import { parseArgs } from 'node:util';
import { buildImage } from './build-image.ts';
import { offeredPackages, updateLists } from './fetch-packages.ts';
import { Mistake } from './mistake.ts';
import { readLock, writeLock } from './package-lock.ts';
import { productVersion } from './project-tree.ts';
import { type TargetName, targets } from './targets.ts';

const USAGE = `usage: firmware image --target virt|rpi4 --update-ca FILE [--version X.Y.Z] [--cert FILE --key FILE] [--twice]
       firmware image --refresh-lock
  --update-ca FILE   the certificate that updates must be signed under (firmware update-keys makes one)
  --version X.Y.Z    of the image; otherwise the product's own
  --cert, --key      sign the image with the release signer's certificate and key
  --twice            build initramfs and slot again, and refuse a difference
  --refresh-lock     takes what Debian offers now into packages.lock.json
`;

/** @returns 0 when the image stands, 1 when something a person can mend was in the way, 2 for a wrong call */
export async function image(args: readonly string[]): Promise<number> {
  const words = parse(args);
  if (typeof words === 'string') return refuse(words);
  try {
    if (words['refresh-lock']) return await refreshLock();
    return await build(words);
  } catch (error) {
    if (!(error instanceof Mistake)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 1;
  }
}

type Words = Exclude<ReturnType<typeof parse>, string>;

function parse(args: readonly string[]) {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean', default: false } as const;
  const options = {
    target: text,
    version: text,
    'update-ca': text,
    cert: text,
    key: text,
    'refresh-lock': flag,
    twice: flag,
  } as const;
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    return (error as Error).message;
  }
}

async function build({
  target = '',
  version = productVersion(),
  'update-ca': updateCa,
  cert,
  key,
  twice,
}: Words): Promise<number> {
  if (!Object.hasOwn(targets, target)) return refuse(`--target: one of ${Object.keys(targets).join(', ')}`);
  if (updateCa === undefined) return refuse('--update-ca is missing: whose updates shall the reader believe?');
  if ((cert === undefined) !== (key === undefined)) return refuse('--cert and --key belong together');
  if (!/^\d+\.\d+\.\d+$/.test(version)) return refuse('--version: three numbers, such as 1.4.0');
  if (process.getuid?.() !== 0) throw new Mistake('An image is built as root: its files belong to its own users.');
  const signer = cert !== undefined && key !== undefined ? { cert, key } : undefined;
  const startedAt = performance.now();
  const log = (line: string) =>
    process.stderr.write(`${((performance.now() - startedAt) / 1000).toFixed(0).padStart(5)} s  ${line}\n`);
  const made = await buildImage({ target: targets[target as TargetName], version, updateCa, signer, twice, log });
  process.stdout.write(`${Object.values(made).join('\n')}\n`);
  return 0;
}

async function refreshLock(): Promise<number> {
  const before = new Map(readLock().map((one) => [one.name, one.version]));
  await updateLists();
  const offered = await offeredPackages();
  writeLock(offered);
  const changed = offered.filter(({ name, version }) => before.get(name) !== version);
  const lines = changed.map(({ name, version }) => `${name}: ${before.get(name) ?? 'new'} -> ${version}\n`);
  process.stdout.write(`${lines.join('')}${offered.length} packages are locked, ${changed.length} of them changed.\n`);
  return 0;
}

function refuse(reason: string): number {
  process.stderr.write(`${reason}\n${USAGE}`);
  return 2;
}
