/**
 * The host's frames as a GemPC Twin reads them:
 *
 *   03 06 CCID LRC                 LRC = XOR of all before
 *   CCID = type[1] length[4, little-endian] slot[1] sequence[1] more[3] data[length]
 *
 * What does not begin with 03 06 is skipped; a frame with a wrong LRC or an impossible length is refused with the
 * NAK 03 15 16; a frame that stops in the middle is forgotten when the next byte comes late.
 */
export type HostFrame = {
  /** The CCID message, or undefined: refuse it. */
  readonly message: Uint8Array | undefined;
  /** As it came, for the echo. */
  readonly raw: Uint8Array;
  /** When its first byte began and its last byte ended. */
  readonly startMs: number;
  readonly endMs: number;
};

const SYNC = 0x03;
const ACK = 0x06;
const HEADER_LENGTH = 10;
/** The module's dwMaxCCIDMessageLength is 271. */
const MOST_DATA = 271 - HEADER_LENGTH;
const LONGEST_GAP_MS = 150;

export const NAK_FRAME = Uint8Array.of(SYNC, 0x15, 0x16);

export function frameOf(message: Uint8Array): Uint8Array {
  const frame = new Uint8Array(message.length + 3);
  frame.set([SYNC, ACK]);
  frame.set(message, 2);
  frame[frame.length - 1] = xor(frame);
  return frame;
}

export function createFrameReader() {
  let bytes: number[] = [];
  let startMs = 0;
  let lastMs = 0;

  function take(byte: number): HostFrame | undefined {
    if (bytes.length === 0 && byte !== SYNC) return undefined;
    if (bytes.length === 1 && byte !== ACK) {
      bytes = byte === SYNC ? [SYNC] : [];
      return undefined;
    }
    bytes.push(byte);
    if (bytes.length < 2 + HEADER_LENGTH) return undefined;
    const length = dataLength(bytes);
    if (length > MOST_DATA) return end(false);
    if (bytes.length < 2 + HEADER_LENGTH + length + 1) return undefined;
    return end(xor(bytes) === 0);
  }

  function end(good: boolean): HostFrame {
    const raw = Uint8Array.from(bytes);
    bytes = [];
    return { message: good ? raw.slice(2, -1) : undefined, raw, startMs, endMs: lastMs };
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
    clear(): void {
      bytes = [];
    },
  };
}

function dataLength(bytes: readonly number[]): number {
  const [b0 = 0, b1 = 0, b2 = 0, b3 = 0] = bytes.slice(3, 7);
  return b0 + b1 * 0x100 + b2 * 0x10000 + b3 * 0x1000000;
}

function xor(bytes: Iterable<number>): number {
  let sum = 0;
  for (const byte of bytes) sum ^= byte;
  return sum;
}
