/** Takes the host's frames out of what comes in, byte by byte and in time; how a frame looks, each module family says. */

/** What the host has said. */
type HostSays =
  | { readonly says: 'message'; readonly message: Uint8Array }
  /** A frame that is refused; `status` where the family has several refusals. */
  | { readonly says: 'damaged'; readonly status?: number }
  /** Nothing new: it wants the last answer again. */
  | { readonly says: 'again' };

export type HostFrame = HostSays & {
  /** As it came, for an echo. */
  readonly raw: Uint8Array;
  /** When its first byte began and its last byte ended. */
  readonly startMs: number;
  readonly endMs: number;
};

/** What the bytes so far are: not yet a frame, nothing that begins one, or one to the last byte. */
export type FrameMatch = 'incomplete' | 'noise' | HostSays;

/** A frame that stops in the middle is forgotten when the next byte comes later than this. */
export const LONGEST_GAP_MS = 150;

export function createFrameReader(match: (bytes: readonly number[]) => FrameMatch) {
  let bytes: number[] = [];
  let startMs = 0;
  let lastMs = 0;

  function take(byte: number): HostFrame | undefined {
    bytes.push(byte);
    let matched = match(bytes);
    while (matched === 'noise') {
      bytes.shift();
      matched = bytes.length === 0 ? 'incomplete' : match(bytes);
    }
    if (matched === 'incomplete') return undefined;
    const frame = { ...matched, raw: Uint8Array.from(bytes), startMs, endMs: lastMs };
    bytes = [];
    return frame;
  }

  return {
    /** @param firstMs when the first of these bytes began, each taking `characterMs`. Returns the frames that they end. */
    push(chunk: Uint8Array, firstMs: number, characterMs: number): HostFrame[] {
      const frames: HostFrame[] = [];
      chunk.forEach((byte, index) => {
        const beginsMs = firstMs + index * characterMs;
        if (beginsMs - lastMs > LONGEST_GAP_MS) bytes = [];
        if (bytes.length === 0) startMs = beginsMs;
        lastMs = beginsMs + characterMs;
        const frame = take(byte);
        if (frame !== undefined) frames.push(frame);
      });
      return frames;
    },
    /** Whether a frame has begun and not ended. */
    get waiting() {
      return bytes.length > 0;
    },
    clear(): void {
      bytes = [];
    },
  };
}

/** The length field of the CCID message that begins at `at`; undefined while it is not all there. */
export function ccidDataLength(bytes: readonly number[], at: number): number | undefined {
  const [b0 = 0, b1 = 0, b2 = 0, b3] = bytes.slice(at + 1, at + 5);
  return b3 === undefined ? undefined : b0 + b1 * 0x100 + b2 * 0x10000 + b3 * 0x1000000;
}

export function xorOf(bytes: Iterable<number>): number {
  let sum = 0;
  for (const byte of bytes) sum ^= byte;
  return sum;
}
