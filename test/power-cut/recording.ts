/** Reads what recorder.c has written. */
export type Operation =
  | { readonly kind: 'write'; readonly file: string; readonly at: number; readonly bytes: Buffer }
  | { readonly kind: 'truncate'; readonly file: string; readonly size: number }
  | { readonly kind: 'sync'; readonly file: string }
  | { readonly kind: 'unlink'; readonly file: string };

const HEAD_BYTES = 15;

/** The operations in their order; the last one may be cut short. */
export function readRecording(recording: Buffer): Operation[] {
  const operations: Operation[] = [];
  for (let at = 0; at + HEAD_BYTES <= recording.length; ) {
    const nameLength = recording.readUInt16LE(at + 1);
    const position = Number(recording.readBigUInt64LE(at + 3));
    const size = recording.readUInt32LE(at + 11);
    const bytesAt = at + HEAD_BYTES + nameLength;
    const file = recording.toString('utf8', at + HEAD_BYTES, bytesAt);
    if (bytesAt + size > recording.length) break;
    operations.push(
      operationOf(String.fromCharCode(recording[at] ?? 0), file, position, recording.subarray(bytesAt, bytesAt + size)),
    );
    at = bytesAt + size;
  }
  return operations;
}

function operationOf(letter: string, file: string, position: number, bytes: Buffer): Operation {
  if (letter === 'W') return { kind: 'write', file, at: position, bytes };
  if (letter === 'T') return { kind: 'truncate', file, size: position };
  if (letter === 'S') return { kind: 'sync', file };
  if (letter === 'U') return { kind: 'unlink', file };
  throw new Error(`unknown operation ${letter}`);
}
