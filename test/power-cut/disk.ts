import type { Operation } from './recording.ts';

/** 0 to 1, the same for the same seed (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

type Change = Exclude<Operation, { kind: 'sync' | 'unlink' }>;
type File = { contents: Buffer; readonly unsynced: Change[] };

/** What a disk writes whole. */
const SECTOR_BYTES = 512;

/**
 * A disk that keeps what was synced, and of what was not anything: all of it, some, in another order, torn between
 * sectors, or rubbish in its place. Names are taken to be durable at once, and a sync to be honest.
 */
export class Disk {
  readonly #files = new Map<string, File>();

  carryOut(operation: Operation): void {
    const file = this.#file(operation.file);
    if (operation.kind === 'unlink') this.#files.delete(operation.file);
    else if (operation.kind === 'sync') file.contents = file.unsynced.splice(0).reduce(changed, file.contents);
    else file.unsynced.push(operation);
  }

  /** What is found when the power is back; the disk itself goes on. */
  afterPowerCut(random: () => number): Map<string, Buffer> {
    const fate = random();
    return new Map([...this.#files].map(([name, { contents, unsynced }]) => [name, survivor(contents, unsynced, fate, random)]));
  }

  #file(name: string): File {
    const file = this.#files.get(name) ?? { contents: Buffer.alloc(0), unsynced: [] };
    this.#files.set(name, file);
    return file;
  }
}

function survivor(contents: Buffer, unsynced: readonly Change[], fate: number, random: () => number): Buffer {
  if (fate < 0.1) return unsynced.reduce(changed, Buffer.from(contents));
  if (fate < 0.2) return contents;
  const kept = unsynced.filter(() => random() < 0.5);
  // Order matters only between what survives.
  if (fate < 0.6) kept.sort(() => random() - 0.5);
  return kept.map((change) => worn(change, random)).reduce(changed, Buffer.from(contents));
}

/** A write of which some sectors arrived, or came out as rubbish. */
function worn(change: Change, random: () => number): Change {
  if (change.kind === 'truncate' || random() < 0.6) return change;
  const rubbish = random() < 0.3;
  const bytes = Buffer.from(change.bytes);
  const from = Math.floor((random() * bytes.length) / SECTOR_BYTES) * SECTOR_BYTES;
  if (!rubbish) return { ...change, bytes: bytes.subarray(0, from) };
  for (let at = from; at < Math.min(from + SECTOR_BYTES, bytes.length); at++) bytes[at] = Math.floor(random() * 256);
  return { ...change, bytes };
}

function changed(contents: Buffer, change: Change): Buffer {
  if (change.kind === 'truncate') return resized(contents, change.size);
  const end = change.at + change.bytes.length;
  const room = end > contents.length ? resized(contents, end) : contents;
  change.bytes.copy(room, change.at);
  return room;
}

function resized(contents: Buffer, size: number): Buffer {
  const resized = Buffer.alloc(size);
  contents.copy(resized, 0, 0, Math.min(size, contents.length));
  return resized;
}
