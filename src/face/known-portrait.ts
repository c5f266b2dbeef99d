import type { Picture } from './picture.ts';

/** A slope of grey, 32 × 32, as a JPEG 2000 file (made by OpenJPEG 2.5.4). */
export const KNOWN_PORTRAIT = Buffer.from(
  'AAAADGpQICANCocKAAAAFGZ0eXBqcDIgAAAAAGpwMiAAAAAtanAyaAAAABZpaGRyAAAAIAAAACAAAQcHAAAAAAAPY29scgEAAAAAABEAAAEEanAyY/9P/1EAKQAA' +
    'AAAAIAAAACAAAAAAAAAAAAAAACAAAAAgAAAAAAAAAAAAAQcBAf9SAAwAAgABAAUEBAAA/1wAI0J3IHbwdvB2wG8AbwBu4GdQZ1BnaFAFUAVQR1fTV9NXYv9kACUA' +
    'AUNyZWF0ZWQgYnkgT3BlbkpQRUcgdmVyc2lvbiAyLjUuNP+QAAoAAAAAAHMAAf+Tw/kCCaPB+wFB+wGAAFsDHj/B+YNA/AFADQMuiMh/CzoOb6/AfUFQH1BIIhgj' +
    'OpY3IQ5UAwN/ZqbKLLXHHcB8guA+QOA2oYHPXWEV6QFIET2mM+o12X/AHRYA6IBfp8ciw52sKT//2Q==',
  'base64',
);

const SIDE = 32;
/** Grey levels: the file is compressed with a little loss, and decoders may round differently. */
const TOLERANCE = 2;

/** Whether this is what KNOWN_PORTRAIT holds: 4x + 3y at every pixel. */
export function isKnownPortrait({ data, width, height, channels }: Picture): boolean {
  if (width !== SIDE || height !== SIDE || channels !== 1) return false;
  return data.every((grey, pixel) => Math.abs(grey - (4 * (pixel % SIDE) + 3 * Math.floor(pixel / SIDE))) <= TOLERANCE);
}
