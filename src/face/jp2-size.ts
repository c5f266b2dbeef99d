/**
 * What a JPEG 2000 file says of its size, read before anything is decoded (ISO/IEC 15444-1).
 *
 * A JP2 file is a row of boxes; the picture itself is the codestream in the box `jp2c`. A bare codestream is taken too.
 *
 *   box         length(4) type(4) [longLength(8) when length = 1] content…     length 0 = to the end of the file
 *   codestream  FF4F  FF51 Lsiz(2) Rsiz(2) Xsiz(4) Ysiz(4) XOsiz(4) YOsiz(4) XTsiz(4) YTsiz(4) XTOsiz(4) YTOsiz(4)
 *               Csiz(2)  then for each component: Ssiz(1) XRsiz(1) YRsiz(1)
 *
 *   width = Xsiz − XOsiz, height = Ysiz − YOsiz, depth = (Ssiz & 7F) + 1, top bit of Ssiz = signed values
 */
export type Jp2Size = {
  readonly width: number;
  readonly height: number;
  readonly components: number;
  readonly tiles: number;
  /** Every component holds unsigned bytes, one for each pixel. */
  readonly plainBytes: boolean;
};

const SOC_SIZ = 0xff4fff51;
const JP2C = 0x6a703263;
const SIZ_FIXED_LENGTH = 42;

/** `undefined` when the bytes do not begin as the standard says. Never throws. */
export function readJp2Size(file: Uint8Array): Jp2Size | undefined {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const start = codestreamStart(view);
  if (start === undefined || start + SIZ_FIXED_LENGTH > view.byteLength) return undefined;
  const components = view.getUint16(start + 40);
  if (start + SIZ_FIXED_LENGTH + 3 * components > view.byteLength) return undefined;

  const width = view.getUint32(start + 8) - view.getUint32(start + 16);
  const height = view.getUint32(start + 12) - view.getUint32(start + 20);
  const tiles = Math.ceil(width / view.getUint32(start + 24)) * Math.ceil(height / view.getUint32(start + 28));
  let plainBytes = true;
  for (let at = start + SIZ_FIXED_LENGTH; at < start + SIZ_FIXED_LENGTH + 3 * components; at += 3) {
    // Ssiz 7: eight bits, unsigned; XRsiz and YRsiz 1: no component is coarser than another.
    plainBytes &&= view.getUint8(at) === 7 && view.getUint8(at + 1) === 1 && view.getUint8(at + 2) === 1;
  }
  return { width, height, components, tiles, plainBytes };
}

function codestreamStart(view: DataView): number | undefined {
  let offset = 0;
  if (startsCodestream(view, offset)) return offset;
  while (offset + 8 <= view.byteLength) {
    const length = view.getUint32(offset);
    if (view.getUint32(offset + 4) === JP2C) {
      const content = offset + (length === 1 ? 16 : 8);
      return startsCodestream(view, content) ? content : undefined;
    }
    // A box before the picture is never so long that it needs the 64-bit form (1), nor the last one (0).
    if (length < 8) return undefined;
    offset += length;
  }
  return undefined;
}

function startsCodestream(view: DataView, offset: number): boolean {
  return offset + 4 <= view.byteLength && view.getUint32(offset) === SOC_SIZ;
}
