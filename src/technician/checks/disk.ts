/** Whether there is room, whether what is written comes back, and what the disk says of its own wear. */
import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { open, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { Finding } from '../self-test.ts';

export type DiskFacts = {
  /** Where the reader keeps its data. */
  readonly folder: string;
  /** Whether the program's own file system must not be writable, as on a unit. */
  readonly readOnlyRoot: boolean;
  /** `/proc/mounts` and `/sys`, or what stands for them in a test. */
  readonly proc?: string;
  readonly sys?: string;
};

/** Some days of receptions and a WAL; the records keep themselves within their own bound below it. */
const LEAST_FREE_BYTES = 100 * 2 ** 20;
const PROBE_BYTES = 64 * 1024;
const MEGABYTE = 2 ** 20;

export async function checkDisk({ folder, readOnlyRoot, proc = '/proc', sys = '/sys' }: DiskFacts): Promise<Finding> {
  const failed = (detail: string): Finding => ({ at: 'failed', code: 'UNIT-957', detail });
  try {
    const { bavail, bsize } = await statfs(folder);
    const free = bavail * bsize;
    if (free < LEAST_FREE_BYTES) return failed(`${megabytes(free)} free of the ${megabytes(LEAST_FREE_BYTES)} that are needed`);
    if (!(await comesBack(join(folder, '.self-test')))) return failed('what was written is not what is read back');
    if (readOnlyRoot && !isProtected(readFileSync(join(proc, 'mounts'), 'utf8')))
      return failed('the root can be written for good');
    const [wear] = wornDisks(sys);
    if (wear) return failed(wear);
    return { at: 'ok', found: `${megabytes(free)} free, written and read back` };
  } catch (error) {
    const { code, path } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    return failed(`${path ?? folder}: ${code}`);
  }
}

/** Through to the disk and back; the page cache is left out of the way as far as the system allows. */
async function comesBack(path: string): Promise<boolean> {
  const wanted = randomBytes(PROBE_BYTES);
  await rm(path, { force: true });
  const file = await open(path, 'wx+', 0o600);
  try {
    await file.writeFile(wanted);
    await file.sync();
    const read = Buffer.alloc(PROBE_BYTES);
    await file.read(read, 0, PROBE_BYTES, 0);
    return read.equals(wanted);
  } finally {
    await file.close();
    await rm(path, { force: true });
  }
}

/** A root that is mounted read-only, or whose changes lie in memory above one that is (overlayfs). */
function isProtected(mounts: string): boolean {
  const root = mounts
    .split('\n')
    .map((line) => line.split(' '))
    .findLast(([, place]) => place === '/');
  return root?.[2] === 'overlay' || (root?.[3] ?? '').split(',').includes('ro');
}

/**
 * `block/mmcblk0/device/life_time`: two numbers, 0x01 (0–10 % worn) … 0x0A (90–100 %), 0x0B beyond its life; and
 * `pre_eol_info`: 0x01 normal, 0x02 warning, 0x03 urgent (JEDEC eMMC 5.0, EXT_CSD 267…269). SD cards tell neither.
 * `fs/ext4/…/errors_count`: what the file system itself met.
 */
function wornDisks(sys: string): string[] {
  const worn = listed(join(sys, 'block')).flatMap((disk) => {
    const life = (read(join(sys, 'block', disk, 'device/life_time')) ?? '').split(/\s+/).map(Number);
    const ending = Number(read(join(sys, 'block', disk, 'device/pre_eol_info')) ?? 0);
    return Math.max(0, ...life) >= 0x0b || ending >= 2 ? [`${disk} says that it is worn out`] : [];
  });
  const broken = listed(join(sys, 'fs/ext4')).flatMap((name) => {
    const errors = Number(read(join(sys, 'fs/ext4', name, 'errors_count')) ?? 0);
    return errors > 0 ? [`${name} has met ${errors} errors in its file system`] : [];
  });
  return [...worn, ...broken];
}

function listed(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return undefined;
  }
}

const megabytes = (bytes: number): string => `${Math.floor(bytes / MEGABYTE)} MiB`;
