/** A disk for one run: a card bigger than the image, with the site file that a technician's tool would lay onto it. */
import { mkdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runTool } from '../image/run-tool.ts';

/** The data partition has to grow to the end of it. */
const DISK_BYTES = 8 * 1024 ** 3;
/** Of the user `kazasu`, as rootfs/usr/lib/sysusers.d names it. */
const KAZASU = 900;

export type SiteFiles = { readonly site: object; readonly enrolmentToken: string };

/** @returns a qcow2 file over a copy of `image`, which stays as it was built */
export async function prepareDisk(image: string, folder: string, { site, enrolmentToken }: SiteFiles): Promise<string> {
  mkdirSync(folder, { recursive: true });
  const [raw, disk] = [join(folder, 'disk.raw'), join(folder, 'disk.qcow2')];
  await runTool('cp', ['--sparse=always', image, raw]);
  truncateSync(raw, DISK_BYTES);
  const at = `${raw}?offset=${await dataOffset(raw)}`;
  await put(at, folder, 'site.json', `${JSON.stringify(site, null, 2)}\n`, { mode: '0100640', owner: 0, group: KAZASU });
  await put(at, folder, 'enrolment-token', `${enrolmentToken}\n`, { mode: '0100600', owner: KAZASU, group: KAZASU });
  await coverDisk(raw, disk);
  return disk;
}

/** What is written from now on goes to `disk`; `raw` stays as it is. */
async function coverDisk(raw: string, disk: string): Promise<void> {
  rmSync(disk, { force: true });
  await runTool('qemu-img', ['create', '-q', '-f', 'qcow2', '-b', raw, '-F', 'raw', disk]);
}

type Owner = { readonly mode: string; readonly owner: number; readonly group: number };

async function put(at: string, folder: string, name: string, text: string, { mode, owner, group }: Owner): Promise<void> {
  const file = join(folder, name);
  writeFileSync(file, text);
  const path = `/site/${name}`;
  const commands = [`write ${file} ${path}`, `sif ${path} mode ${mode}`, `sif ${path} uid ${owner}`, `sif ${path} gid ${group}`];
  await runTool('debugfs', ['-w', '-f', '-', at], { input: `${commands.join('\n')}\n` });
  rmSync(file);
}

const SECTOR_BYTES = 512;

/** Where the data partition begins, in bytes. */
async function dataOffset(disk: string): Promise<number> {
  const table = await runTool('partx', ['--raw', '--noheadings', '--output', 'START,NAME', disk]);
  const start = /^(\d+) data$/m.exec(table)?.[1];
  if (start === undefined) throw new Error(`${disk} has no partition "data"`);
  return Number(start) * SECTOR_BYTES;
}
