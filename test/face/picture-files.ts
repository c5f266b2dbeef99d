/** Picture files in every format that may be handed to a decoder, whole and hostile. */
import { createRequire } from 'node:module';
import sharp from 'sharp';
import { framesOf } from '../../src/bench/faces/persona-faces.ts';
import { portraitJp2Of } from './fixtures.ts';

export type NamedFile = readonly [name: string, bytes: Uint8Array];

export const plain = (width: number, height: number) => sharp({ create: { width, height, channels: 3, background: '#777' } });

type Encoder = {
  getDecodedBuffer(info: object): Uint8Array;
  setQuality(lossless: boolean, rate: number): void;
  encode(): void;
  getEncodedBuffer(): Uint8Array;
  delete(): void;
};

/** The pixels as a bare JPEG 2000 codestream without loss. */
export async function codestreamOf(
  pixels: Uint8Array,
  width: number,
  height: number,
  componentCount: 1 | 3,
): Promise<Uint8Array> {
  const load = createRequire(import.meta.url)('@cornerstonejs/codec-openjpeg/wasmjs');
  const encoder: Encoder = new (await load()).J2KEncoder();
  const info = { width, height, bitsPerSample: 8, componentCount, isSigned: false, isUsingColorTransform: componentCount === 3 };
  encoder.getDecodedBuffer(info).set(pixels);
  encoder.setQuality(true, 0);
  encoder.encode();
  const bytes = Uint8Array.from(encoder.getEncodedBuffer());
  encoder.delete();
  return bytes;
}

/** One face, whole, in each format and form. */
export async function wholeFaces(): Promise<readonly NamedFile[]> {
  const [jpeg] = (await framesOf('a')) as [Uint8Array];
  const image = () => sharp(jpeg);
  const { data, info } = await image().raw().toBuffer({ resolveWithObject: true });
  const half = await image().resize(320, 240).raw().toBuffer();
  return [
    ['a JPEG', jpeg],
    ['a progressive JPEG', await image().jpeg({ progressive: true }).toBuffer()],
    ['a grey JPEG', await image().greyscale().jpeg().toBuffer()],
    ['a CMYK JPEG', await image().toColourspace('cmyk').jpeg().toBuffer()],
    ['a PNG', await image().png().toBuffer()],
    ['a grey PNG', await image().greyscale().png().toBuffer()],
    ['a PNG with a palette', await image().png({ palette: true }).toBuffer()],
    ['a PNG with sixteen bits a colour', await image().toColourspace('rgb16').png().toBuffer()],
    ['a PNG with alpha', await image().ensureAlpha(0.9).png().toBuffer()],
    ['an interlaced PNG', await image().png({ progressive: true }).toBuffer()],
    ['a portrait as on a card', await portraitJp2Of('a')],
    ['a JPEG 2000 codestream in colour', await codestreamOf(half, 320, 240, 3)],
    [
      'a large JPEG 2000 codestream in grey',
      await codestreamOf(
        data.filter((_, at) => at % 3 === 1),
        info.width,
        info.height,
        1,
      ),
    ],
  ];
}

/** What is no picture that may be believed, and must harm nobody. */
export async function hostileFiles(): Promise<readonly NamedFile[]> {
  const faces = await wholeFaces();
  const [jpeg, png, jp2] = ['a JPEG', 'a PNG', 'a portrait as on a card'].map(
    (wanted) => faces.find(([name]) => name === wanted)?.[1],
  ) as [Uint8Array, Uint8Array, Uint8Array];
  const text = (words: string) => new TextEncoder().encode(words);
  return [
    ['nothing', new Uint8Array(0)],
    ['one byte', Uint8Array.of(0xff)],
    ['zeros', new Uint8Array(10_000)],
    ['text', text('no picture at all, but quite long enough to be looked at')],
    ['the start of a JPEG, then zeros', Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, ...new Uint8Array(5_000))],
    ['the start of a JP2 file, then zeros', Uint8Array.of(...jp2.subarray(0, 12), ...new Uint8Array(5_000))],
    ['an SVG that names a file', text('<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/hostname"/></svg>')],
    ['a WebP', await plain(320, 240).webp().toBuffer()],
    [
      'an animated GIF',
      await sharp([await plain(64, 64).png().toBuffer(), png], { join: { animated: true } })
        .gif()
        .toBuffer(),
    ],
    ['a TIFF', await plain(320, 240).tiff().toBuffer()],
    ['a JPEG that claims 60,000 pixels a side', jpegClaiming(jpeg, 60_000, 60_000)],
    ['a JPEG of no height', jpegClaiming(jpeg, 640, 0)],
    ['a PNG that claims two thousand million pixels a side', pngClaiming(png, 2_000_000_000)],
    ['a PNG of 100 million pixels in a few bytes', await plain(10_000, 10_000).png({ palette: true, colours: 2 }).toBuffer()],
    ['a JPEG 2000 file that claims 60,000 pixels a side', jp2Claiming(jp2, 60_000)],
    ['a picture of one pixel', await plain(1, 1).jpeg().toBuffer()],
    ['a picture of one line', await plain(1280, 1).png().toBuffer()],
  ];
}

/** Every `step`th beginning of the file. */
export function cuts(file: Uint8Array, step: number): readonly Uint8Array[] {
  return Array.from({ length: Math.ceil(file.length / step) }, (_, index) => file.subarray(0, index * step));
}

/** The file with other sides in its SOF header: FFC0 length[2] depth height[2] width[2]. */
function jpegClaiming(jpeg: Uint8Array, width: number, height: number): Uint8Array {
  const file = Uint8Array.from(jpeg);
  const sof = file.findIndex((_, at) => file[at] === 0xff && file[at + 1] === 0xc0);
  new DataView(file.buffer).setUint16(sof + 5, height);
  new DataView(file.buffer).setUint16(sof + 7, width);
  return file;
}

/** IHDR is the first chunk: signature[8] length[4] "IHDR" width[4] height[4]. Its checksum is left wrong, as an attacker may. */
function pngClaiming(png: Uint8Array, side: number): Uint8Array {
  const file = Uint8Array.from(png);
  new DataView(file.buffer).setUint32(16, side);
  new DataView(file.buffer).setUint32(20, side);
  return file;
}

/** SIZ: FF51 Lsiz[2] Rsiz[2] Xsiz[4] Ysiz[4]. */
function jp2Claiming(jp2: Uint8Array, side: number): Uint8Array {
  const file = Uint8Array.from(jp2);
  const siz = file.findIndex((_, at) => file[at] === 0xff && file[at + 1] === 0x51);
  new DataView(file.buffer).setUint32(siz + 6, side);
  new DataView(file.buffer).setUint32(siz + 10, side);
  return file;
}
