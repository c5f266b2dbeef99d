/** `firmware flash`: a bought card becomes a reader's. Everything is looked at before the first byte is written. */
import { homedir } from 'node:os';
import { basename, join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { Mistake } from '../image/mistake.ts';
import { hashFile, readSignedSums } from '../update/signed-sums.ts';
import { type BlockMap, readBlockMap, whatToWrite } from './block-map.ts';
import { type Disk, findDisk } from './disk.ts';
import { readPartitions } from './partition-table.ts';
import { createBars } from './progress-bars.ts';
import { addSiteFiles, readSiteFiles, type SiteFiles } from './site-files.ts';
import { writeImage } from './write-image.ts';

const USAGE = `usage: firmware flash --image FILE --device DEV --site site.json [--token FILE] [--ca FILE] [--yes]
  --image    with FILE.bmap, FILE.sha256 and FILE.sha256.p7s beside it
  --token    the reader's one-time token; "enrolment-token" beside the site file without it
  --ca       the update authority's certificate; ~/.config/kazasu/update-ca.pem without it
  --yes      erases the disk without asking
`;

type Wish = {
  readonly image: string;
  readonly device: string;
  readonly site: string;
  readonly token: string | undefined;
  readonly ca: string;
  readonly yes: boolean;
};

/** @returns 0 when the disk is a reader's, 1 when not, 2 for a wrong call */
export async function flash(args: readonly string[]): Promise<number> {
  const wish = parse(args);
  if (typeof wish === 'string') {
    process.stderr.write(`${wish}\n${USAGE}`);
    return 2;
  }
  const stop = new AbortController();
  const onStop = () => stop.abort();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, onStop);
  try {
    const files = await readSiteFiles(wish.site, wish.token);
    const map = await readBlockMap(`${wish.image}.bmap`);
    const disk = await findDisk(wish.device, map.imageSize);
    const checked = await checkImage(wish, map);
    await confirm(disk, files, wish.yes);
    await write(wish.image, checked, disk, files, stop.signal);
    process.stdout.write(`${disk.path} is reader ${files.readerId}'s: ${basename(wish.image)}, SHA-256 ${checked.sha256}\n`);
    return 0;
  } catch (error) {
    if (!(error instanceof Mistake)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 1;
  } finally {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, onStop);
  }
}

type Checked = Awaited<ReturnType<typeof checkImage>>;

/** Signature first, then every byte of what it stands for. */
async function checkImage({ image, ca }: Wish, map: BlockMap) {
  const bmap = `${image}.bmap`;
  const sums = await readSignedSums(image, ca);
  const bars = createBars();
  const sha256 = await hashFile(image, (bytes) => bars.add('checking', bytes, map.imageSize)).finally(bars.end);
  if (sums.get(basename(image)) !== sha256) throw new Mistake(`${image} is damaged: it is not what was signed. Fetch it anew.`);
  if (sums.get(basename(bmap)) !== (await hashFile(bmap))) throw new Mistake(`${bmap} is not what was signed. Fetch it anew.`);
  const partitions = await readPartitions(image);
  const data = partitions.find(({ name }) => name === 'data');
  if (data === undefined) throw new Mistake(`${image} has no data partition: it is no image of a unit.`);
  return { sha256, data, extents: whatToWrite(map, partitions) };
}

async function write(image: string, { extents, data, sha256 }: Checked, disk: Disk, files: SiteFiles, signal: AbortSignal) {
  const total = extents.reduce((sum, { length }) => sum + length, 0);
  const bars = createBars();
  const onBytes = (what: string, bytes: number) => bars.add(what, bytes, total);
  const addFiles = () => addSiteFiles(disk.path, data, files, { name: basename(image), sha256 });
  await writeImage({ image, disk, extents, onBytes, addFiles, signal }).finally(bars.end);
}

/** A disk is erased by somebody who has read its name. A file has none. */
async function confirm({ kind, path, name }: Disk, { readerId }: SiteFiles, yes: boolean): Promise<void> {
  if (yes || kind === 'file') return;
  if (!process.stdin.isTTY) throw new Mistake(`Nothing was written: ${path} (${name}) is erased after --yes alone.`);
  const ask = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await ask.question(
    `All on ${path} (${name}) is erased, for reader ${readerId}. Go on? Type ${basename(path)}: `,
  );
  ask.close();
  if (answer.trim() !== basename(path)) throw new Mistake('Nothing was written.');
}

/** @returns what is wished, or what is wrong with the words */
function parse(args: readonly string[]): Wish | string {
  const text = { type: 'string' } as const;
  const options = {
    image: text,
    device: text,
    site: text,
    token: text,
    ca: text,
    yes: { type: 'boolean', default: false },
  } as const;
  try {
    const { image, device, site, token, ca, yes } = parseArgs({ args: [...args], options }).values;
    if (!image || !device || !site) return '--image, --device and --site are needed';
    const kept = join(process.env['XDG_CONFIG_HOME'] ?? join(homedir(), '.config'), 'kazasu/update-ca.pem');
    return { image, device, site, token, yes, ca: ca ?? kept };
  } catch (error) {
    return (error as Error).message;
  }
}
