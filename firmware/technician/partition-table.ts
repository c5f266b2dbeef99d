/**
 * Where the partitions of an image lie: the primary GUID partition table (UEFI 2.10 §5.3), little-endian, sectors of 512.
 *
 *     sector 1, header   0 "EFI PART"   72 first sector of the entries (8)   80 entries (4)   84 bytes an entry (4)
 *     an entry           0 type (16)    32 first sector (8)   40 last sector (8)   56 name, UTF-16LE (72)
 */
import { type FileHandle, open } from 'node:fs/promises';
import { Mistake } from '../image/mistake.ts';

/** Bytes from the beginning of the disk. */
export type Extent = { readonly from: number; readonly length: number };
export type Partition = Extent & { readonly name: string };

const SECTOR = 512;
const MOST_ENTRIES = 128;

/** Throws a Mistake when the image has no such table. */
export async function readPartitions(image: string): Promise<readonly Partition[]> {
  const file = await open(image, 'r');
  try {
    const header = await read(file, SECTOR, SECTOR);
    const [count, entryLength] = [header.readUInt32LE(80), header.readUInt32LE(84)];
    if (header.toString('latin1', 0, 8) !== 'EFI PART' || count > MOST_ENTRIES || entryLength < SECTOR / 4) {
      throw new Mistake(`${image} has no partition table: it is no image of a unit.`);
    }
    const entries = await read(file, Number(header.readBigUInt64LE(72)) * SECTOR, count * entryLength);
    const all = Array.from({ length: count }, (_, index) => entries.subarray(index * entryLength, (index + 1) * entryLength));
    return all.filter((entry) => entry.subarray(0, 16).some((byte) => byte !== 0)).map(partition);
  } finally {
    await file.close();
  }
}

function partition(entry: Buffer): Partition {
  const [first, last] = [Number(entry.readBigUInt64LE(32)), Number(entry.readBigUInt64LE(40))];
  const name = entry.toString('utf16le', 56, 128);
  return { name: name.slice(0, name.indexOf('\0')), from: first * SECTOR, length: (last - first + 1) * SECTOR };
}

/** What lies beyond the end of the file is zero, which is no table. */
async function read(file: FileHandle, from: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length);
  await file.read(bytes, 0, length, from);
  return bytes;
}
