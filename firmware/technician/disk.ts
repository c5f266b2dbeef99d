/** What stands behind `--device`, and why it may not be written to. */
import { stat } from 'node:fs/promises';
import { z } from 'zod';
import { Mistake } from '../image/mistake.ts';
import { runTool } from '../image/run-tool.ts';

/** lsblk(8), what matters of it. */
const blockDevice = z.object({
  path: z.string(),
  type: z.string(),
  rm: z.boolean(),
  hotplug: z.boolean(),
  ro: z.boolean(),
  size: z.number(),
  model: z.string().nullable(),
  mountpoints: z.array(z.string().nullable()),
  get children() {
    return z.array(blockDevice).optional();
  },
});
export type BlockDevice = z.infer<typeof blockDevice>;
const listing = z.object({ blockdevices: z.array(blockDevice).min(1) });

/** `name`: as a person knows it. A plain file stands for a disk in tests and virtual machines. */
export type Disk = { readonly kind: 'disk' | 'file'; readonly path: string; readonly name: string; readonly size: number };

/** Throws a Mistake that says why this disk is not written to. */
export async function findDisk(path: string, needed: number): Promise<Disk> {
  const found = await stat(path).catch(() => {
    throw new Mistake(`${path} is not there. lsblk lists the disks of this PC.`);
  });
  if (found.isFile()) {
    refuse(path, tooSmall(found.size, needed));
    return { kind: 'file', path, name: 'a file', size: found.size };
  }
  if (!found.isBlockDevice()) throw new Mistake(`${path} is neither a disk nor a file.`);
  const columns = 'PATH,TYPE,RM,HOTPLUG,RO,SIZE,MODEL,MOUNTPOINTS';
  const text = await runTool('lsblk', ['--json', '--bytes', '--tree', '--output', columns, path]);
  const [device] = listing.parse(JSON.parse(text)).blockdevices;
  if (device === undefined) throw new Mistake(`lsblk tells nothing of ${path}.`);
  refuse(path, refusal(device, needed));
  return { kind: 'disk', path, name: `${device.model?.trim() ?? 'a disk'}, ${inGigabytes(device.size)}`, size: device.size };
}

/** @returns why this disk may not be written to; nothing when it may */
export function refusal(device: BlockDevice, needed: number): string | undefined {
  const mounted = mountsOf(device);
  if (mounted.some((place) => place === '/' || place.startsWith('/boot') || place === '[SWAP]')) {
    return `it holds this PC's own system (${mounted.join(', ')})`;
  }
  const [place] = mounted;
  if (place !== undefined) return `it is mounted at ${place}; unmount it first: umount ${place}`;
  if (device.type === 'part') return 'it is a partition; name the whole disk';
  if (!device.rm && !device.hotplug) return 'it is built into this PC: neither a card, nor on USB';
  if (device.ro) return 'it is write-protected; a card has a small slide for that';
  return tooSmall(device.size, needed);
}

function mountsOf({ mountpoints, children = [] }: BlockDevice): readonly string[] {
  return [...mountpoints.filter((place) => place !== null), ...children.flatMap(mountsOf)];
}

function tooSmall(size: number, needed: number): string | undefined {
  if (size === 0) return 'it is empty: is there a card in the slot?';
  return size < needed ? `it is too small: ${inGigabytes(size)}, and the image needs ${inGigabytes(needed)}` : undefined;
}

function refuse(path: string, reason: string | undefined): void {
  if (reason !== undefined) throw new Mistake(`${path} is not written to: ${reason}.`);
}

const inGigabytes = (bytes: number) => `${(bytes / 1e9).toFixed(bytes < 1e9 ? 3 : 1)} GB`;
