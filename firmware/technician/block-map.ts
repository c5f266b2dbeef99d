/** Which parts of an image have to be written: its block map, as bmaptool(1) makes it, and more where zeros matter. */
import { readFile } from 'node:fs/promises';
import { XMLParser } from 'fast-xml-parser';
import { z } from 'zod';
import { Mistake } from '../image/mistake.ts';
import type { Extent, Partition } from './partition-table.ts';

const range = z.string().regex(/^\d+(-\d+)?$/);
const map = z.object({
  bmap: z.object({
    ImageSize: z.string().regex(/^\d+$/),
    BlockSize: z.string().regex(/^\d+$/),
    BlockMap: z.object({ Range: z.array(range).min(1) }),
  }),
});

export type BlockMap = { readonly imageSize: number; readonly extents: readonly Extent[] };

/** Throws a Mistake when the file is missing or no block map. */
export async function readBlockMap(file: string): Promise<BlockMap> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new Mistake(`${file} is missing: the block map comes with the image.`);
  });
  const parser = new XMLParser({ parseTagValue: false, isArray: (name) => name === 'Range' });
  const parsed = map.safeParse(parser.parse(text));
  if (!parsed.success) throw new Mistake(`${file} is no block map (bmaptool create makes one).`);
  const { ImageSize, BlockSize, BlockMap } = parsed.data.bmap;
  const [imageSize, blockSize] = [Number(ImageSize), Number(BlockSize)];
  const extents = BlockMap.Range.map((one) => {
    const [first = 0, last = first] = one.split('-').map(Number);
    const from = first * blockSize;
    return { from, length: Math.min((last + 1) * blockSize, imageSize) - from };
  });
  return { imageSize, extents };
}

/** Slots hold one file each, whole; behind it nothing is read. */
const SLOT = /^rootfs-/;

/**
 * A map names what was written when the image was made. File systems that are written to later also need the zeros
 * between (inode tables, allocation tables): a used card has other bytes there, and maybe another clinic's.
 * @returns extents in order that do not touch
 */
export function whatToWrite({ extents }: BlockMap, partitions: readonly Partition[]): readonly Extent[] {
  const whole = partitions.filter(({ name }) => !SLOT.test(name));
  const sorted = [...extents, ...whole].sort((a, b) => a.from - b.from);
  const merged: { from: number; length: number }[] = [];
  for (const { from, length } of sorted) {
    const before = merged.at(-1);
    if (before && from <= before.from + before.length) {
      before.length = Math.max(before.length, from + length - before.from);
    } else merged.push({ from, length });
  }
  return merged;
}
