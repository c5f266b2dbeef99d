/**
 * JPEG 2000 as the card stores the portrait: a greyscale codestream in a JP2 file (ISO/IEC 15444-1, annex I).
 *
 *   jP    0D 0A 87 0A                                signature
 *   ftyp  "jp2 " version 0, compatible with "jp2 "
 *   jp2h  ihdr height[4] width[4] components[2]=1 depth−1 compression=7 unknown-colours=0 rights=0
 *         colr method=1 precedence=0 approximation=0 space[4]=17 (greyscale)
 *   jp2c  the codestream
 */
import { createRequire } from 'node:module';
import { ascii, concat, hex } from './bytes.ts';

/** What is used of the package, which has no types of its own. */
type J2KEncoder = {
  getDecodedBuffer(picture: {
    readonly width: number;
    readonly height: number;
    readonly bitsPerSample: number;
    readonly componentCount: number;
    readonly isSigned: boolean;
    readonly isUsingColorTransform: boolean;
  }): Uint8Array;
  setQuality(lossless: boolean, rate: number): void;
  setCompressionRatio(layer: number, ratio: number): void;
  encode(): void;
  getEncodedBuffer(): Uint8Array;
  delete(): void;
};
type Codec = { readonly J2KEncoder: new () => J2KEncoder };

const require = createRequire(import.meta.url);
const openJpeg: () => Promise<Codec> = require('@cornerstonejs/codec-openjpeg/wasmjs');

/** About what a card holds; the ratio that comes nearest below it is taken. */
const USUAL_BYTES = 5000;
const SMALLEST_TARGET = 500;

let codec: Promise<Codec> | undefined;

/** @param grey one byte a pixel, row by row. Returns a JP2 file of about `targetBytes`. */
export async function encodeJp2(grey: Uint8Array, width: number, height: number, targetBytes = USUAL_BYTES): Promise<Uint8Array> {
  if (grey.length !== width * height) throw new Error(`${grey.length} bytes are not ${width}×${height} pixels`);
  codec ??= openJpeg();
  const { J2KEncoder } = await codec;
  const encoder = new J2KEncoder();
  try {
    const picture = { width, height, bitsPerSample: 8, componentCount: 1, isSigned: false, isUsingColorTransform: false };
    encoder.getDecodedBuffer(picture).set(grey);
    encoder.setQuality(false, 1);
    encoder.setCompressionRatio(0, Math.max(1, grey.length / Math.max(targetBytes, SMALLEST_TARGET)));
    encoder.encode();
    return jp2File(Uint8Array.from(encoder.getEncodedBuffer()), width, height);
  } finally {
    encoder.delete();
  }
}

function jp2File(codestream: Uint8Array, width: number, height: number): Uint8Array {
  const imageHeader = box('ihdr', u32(height), u32(width), hex('0001 07 07 00 00'));
  const colour = box('colr', hex('01 00 00'), u32(17));
  return concat(
    box('jP  ', hex('0D0A870A')),
    box('ftyp', ascii('jp2 '), u32(0), ascii('jp2 ')),
    box('jp2h', imageHeader, colour),
    box('jp2c', codestream),
  );
}

/** length[4] type[4] content; the length counts itself and the type. */
function box(type: string, ...content: readonly Uint8Array[]): Uint8Array {
  const body = concat(...content);
  return concat(u32(8 + body.length), ascii(type), body);
}

function u32(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value);
  return bytes;
}
