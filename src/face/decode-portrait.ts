import openJpeg from '@cornerstonejs/codec-openjpeg/decodewasmjs';
import { failed, ok, type Result } from '../faults/result.ts';
import { keepMemory } from './codec-memory.ts';
import { readJp2Size } from './jp2-size.ts';
import { KNOWN_PORTRAIT } from './known-portrait.ts';
import type { Picture } from './picture.ts';

/** The card's EF for the portrait is a few kilobytes; 240 × 320 is usual. */
const CARD_LIMITS = { bytes: 100_000, side: 1024 } as const;
const MIN_PORTRAIT_SIDE = 32;
const MAX_TILES = 16;

export type PortraitDecoder = (jp2: Uint8Array) => Result<Picture>;

type Jp2Limits = { readonly bytes: number; readonly side: number };

/**
 * Loads the decoder (WebAssembly, some 50 ms). The decoder turns a JPEG 2000 file into a grey or RGB picture.
 * Faults: FACE-404 for anything that is not a whole 8-bit picture within the limits.
 */
export async function loadPortraitDecoder(limits: Jp2Limits = CARD_LIMITS): Promise<PortraitDecoder> {
  const codec = await openJpeg({ print: () => {}, printErr: () => {} });
  // The first run of all compiles what it goes through; that is not to be waited for with a card on the reader.
  decode(codec, KNOWN_PORTRAIT);
  const wipeMemory = keepMemory(codec);
  return (jp2) => {
    const size = readJp2Size(jp2);
    if (!size) return failed('FACE-404', 'portrait is not JPEG 2000');
    const { width, height, components, tiles, plainBytes } = size;
    const sides = [width, height];
    if (jp2.length > limits.bytes || sides.some((side) => side > limits.side))
      return failed('FACE-404', 'portrait size out of limits');
    if (sides.some((side) => side < MIN_PORTRAIT_SIDE)) return failed('FACE-404', 'portrait too small to show a face');
    if ((components !== 1 && components !== 3) || !plainBytes || !(tiles <= MAX_TILES)) {
      return failed('FACE-404', 'portrait is not a plain grey or RGB picture');
    }
    const data = decode(codec, jp2);
    wipeMemory();
    // A file cut short is not refused by the decoder: it gives no pixels.
    if (data?.length !== width * height * components) return failed('FACE-404', 'portrait cannot be decoded');
    return ok({ data, width, height, channels: components });
  };
}

function decode(codec: Awaited<ReturnType<typeof openJpeg>>, jp2: Uint8Array): Uint8Array | undefined {
  const decoder = new codec.J2KDecoder();
  try {
    const input = decoder.getEncodedBuffer(jp2.length);
    input.set(jp2);
    decoder.decode();
    // A view into the decoder's own memory.
    return Uint8Array.from(decoder.getDecodedBuffer());
  } catch {
    // Exceptions of the WebAssembly side come as bare numbers.
    return undefined;
  } finally {
    decoder.delete();
  }
}
