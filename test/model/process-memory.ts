/** What stands in the memory of another process that may be written to: its heaps, buffers and stacks (Linux). */
import { type FileHandle, open, readFile } from 'node:fs/promises';

const CHUNK = 2 ** 20;

/** How often each pattern occurs. The process must be one that this one has started; it goes on meanwhile, and so does this one. */
export async function countInMemory(
  pid: number,
  patterns: Readonly<Record<string, Uint8Array>>,
): Promise<Record<string, number>> {
  const counts = Object.fromEntries(Object.keys(patterns).map((name) => [name, 0]));
  const longest = Math.max(...Object.values(patterns).map(({ length }) => length));
  const chunk = Buffer.allocUnsafeSlow(CHUNK);
  const memory = await open(`/proc/${pid}/mem`, 'r');
  try {
    for (const { from, to } of await writableRegions(pid)) {
      for (let at = from; at < to; at += CHUNK - longest) {
        const length = await readAt(memory, chunk, at, Math.min(CHUNK, to - at));
        // What began in the overlap and ends there has been counted already.
        const fresh = at === from ? 0 : longest;
        for (const [name, pattern] of Object.entries(patterns))
          counts[name] = (counts[name] ?? 0) + occurrences(chunk.subarray(0, length), pattern, fresh);
        if (length < CHUNK) break;
      }
    }
  } finally {
    await memory.close();
    chunk.fill(0);
  }
  return counts;
}

/** @param fresh only those that end after so many bytes */
function occurrences(bytes: Buffer, pattern: Uint8Array, fresh: number): number {
  let count = 0;
  for (let at = bytes.indexOf(pattern); at !== -1; at = bytes.indexOf(pattern, at + 1)) if (at + pattern.length > fresh) count++;
  return count;
}

async function writableRegions(pid: number): Promise<{ readonly from: number; readonly to: number }[]> {
  const maps = await readFile(`/proc/${pid}/maps`, 'latin1');
  return maps
    .split('\n')
    .map((line) => /^([0-9a-f]+)-([0-9a-f]+) rw/.exec(line))
    .filter((match) => match !== null)
    .map(([, from = '', to = '']) => ({ from: Number.parseInt(from, 16), to: Number.parseInt(to, 16) }));
}

/** Of a region that has gone meanwhile nothing is left to find. */
async function readAt(file: FileHandle, into: Buffer, at: number, length: number): Promise<number> {
  const read = await file.read(into, 0, length, at).catch(() => undefined);
  return read?.bytesRead ?? 0;
}
