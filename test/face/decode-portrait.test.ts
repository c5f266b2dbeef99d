import { createRequire } from 'node:module';
import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { encodeJp2 } from '../../src/bench/card/jp2.ts';
import { pictureAdvice } from '../../src/commands/face-advice.ts';
import { loadPortraitDecoder } from '../../src/face/decode-portrait.ts';
import { readJp2Size } from '../../src/face/jp2-size.ts';
import { portraitJp2Of } from './fixtures.ts';

const decode = await loadPortraitDecoder();
const portrait = await portraitJp2Of('a');
const refused = { ok: false, fault: { code: 'FACE-404' } };

/** Where the codestream's SIZ fields begin in the file. */
const siz = portrait.findIndex((_, at) => portrait[at] === 0xff && portrait[at + 1] === 0x51);

function withSize(field: 'width' | 'height' | 'tileWidth' | 'tileHeight', value: number): Uint8Array {
  const file = Uint8Array.from(portrait);
  const at = { width: 6, height: 10, tileWidth: 22, tileHeight: 26 }[field];
  new DataView(file.buffer).setUint32(siz + at, value);
  return file;
}

/** The portrait with a SIZ that lists this many components of these bits: Lsiz, Csiz and one entry for each. */
function withComponents(count: number, bits = 8): Uint8Array {
  const [lsiz, csiz, entries] = [siz + 2, siz + 38, siz + 40];
  const list = Array.from({ length: count }, () => [bits - 1, 1, 1]).flat();
  const file = Uint8Array.from([...portrait.subarray(0, entries), ...list, ...portrait.subarray(entries + 3)]);
  const view = new DataView(file.buffer);
  view.setUint16(lsiz, 38 + list.length);
  view.setUint16(csiz, count);
  return file;
}

type ColourEncoder = {
  getDecodedBuffer(info: object): Uint8Array;
  setQuality(lossless: boolean, rate: number): void;
  encode(): void;
  getEncodedBuffer(): Uint8Array;
};

/** A bare codestream in colour, 96 × 128. */
async function colourCodestream(): Promise<Uint8Array> {
  const load = createRequire(import.meta.url)('@cornerstonejs/codec-openjpeg/wasmjs');
  const encoder: ColourEncoder = new (await load()).J2KEncoder();
  const info = { width: 96, height: 128, bitsPerSample: 8, componentCount: 3, isSigned: false };
  const pixels = encoder.getDecodedBuffer({ ...info, isUsingColorTransform: true });
  for (let at = 0; at < pixels.length; at++) pixels[at] = (at * 7) % 251;
  encoder.setQuality(true, 0);
  encoder.encode();
  return Uint8Array.from(encoder.getEncodedBuffer());
}

describe('what a portrait says of its size', () => {
  test('is read from the codestream', () => {
    expect(readJp2Size(portrait)).toEqual({ width: 240, height: 320, components: 1, tiles: 1, plainBytes: true });
  });

  test('is found for any size', async () => {
    const side = fc.integer({ min: 32, max: 200 });
    await fc.assert(
      fc.asyncProperty(side, side, async (width, height) => {
        const file = await encodeJp2(new Uint8Array(width * height).fill(99), width, height);
        expect(readJp2Size(file)).toMatchObject({ width, height });
        expect(decode(file)).toMatchObject({ ok: true, value: { width, height, channels: 1 } });
      }),
      { numRuns: 15 },
    );
  });

  test('is read from nothing else, and never throws', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(readJp2Size(bytes)).toBeUndefined();
      }),
    );
    fc.assert(
      fc.property(fc.integer({ min: 0, max: siz + 42 }), (length) => {
        expect(readJp2Size(portrait.subarray(0, length))).toBeUndefined();
      }),
    );
  });
});

describe('decoding', async () => {
  test('gives the picture that was encoded', async () => {
    const gradient = Uint8Array.from({ length: 240 * 320 }, (_, at) => 40 + (at % 240) / 2);
    const decoded = decode(await encodeJp2(gradient, 240, 320, 20_000));
    if (!decoded.ok) throw new Error(decoded.fault.detail);
    const worst = decoded.value.data.reduce((most, value, at) => Math.max(most, Math.abs(value - (gradient[at] ?? 0))), 0);
    expect(worst).toBeLessThan(6);
  });

  test('takes a colour picture too', async () => {
    expect(decode(await colourCodestream())).toMatchObject({ ok: true, value: { channels: 3, width: 96, height: 128 } });
  });

  test.each([
    ['nothing', new Uint8Array(0)],
    ['text', new TextEncoder().encode('no picture at all, but quite long enough to be looked at')],
    [
      'a JPEG',
      await sharp({ create: { width: 240, height: 320, channels: 3, background: '#777' } })
        .jpeg()
        .toBuffer(),
    ],
    ['a header that claims 60,000 pixels a side', withSize('width', 60_000)],
    ['a header that claims no height', withSize('height', 0)],
    ['a header that claims a negative width', withSize('width', 0xffff_ffff)],
    ['a header that claims tiles of one pixel', withSize('tileWidth', 1)],
    ['a header that claims tiles of no size', withSize('tileHeight', 0)],
    ['grey with an alpha channel', withComponents(2)],
    ['colour with an alpha channel', withComponents(4)],
    ['sixteen bits a pixel', withComponents(1, 16)],
    ['no components', withComponents(0)],
    ['more bytes than a card holds', Uint8Array.from([...portrait, ...new Uint8Array(100_000)])],
  ])('%s is FACE-404', (_, file) => {
    expect(decode(file)).toMatchObject(refused);
  });

  test('of too few pixels it is told to be too small, and of too many that it may be scaled down', () => {
    const advised = (side: number) => {
      const decoded = decode(withSize('width', side));
      return decoded.ok ? '' : pictureAdvice(decoded.fault);
    };
    expect(advised(20)).toMatch(/the face is at least/);
    expect(advised(2_000)).toMatch(/Scale it down/);
  });

  test('every file cut short is FACE-404 or a whole picture, and flipped bytes never crash', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: portrait.length - 1 }), (length) => {
        const decoded = decode(portrait.subarray(0, length));
        if (decoded.ok) expect(decoded.value.data).toHaveLength(240 * 320);
        else expect(decoded).toMatchObject(refused);
      }),
      { numRuns: 40 },
    );
    const flips = fc.array(fc.tuple(fc.nat(portrait.length - 1), fc.integer({ min: 1, max: 255 })), {
      minLength: 1,
      maxLength: 6,
    });
    fc.assert(
      fc.property(flips, (changes) => {
        const file = Uint8Array.from(portrait);
        for (const [at, bits] of changes) file[at] = (file[at] ?? 0) ^ bits;
        const decoded = decode(file);
        if (decoded.ok) {
          const { data, width, height, channels } = decoded.value;
          expect(data).toHaveLength(width * height * channels);
        } else expect(decoded).toMatchObject(refused);
      }),
      { numRuns: 100 },
    );
    expect(decode(portrait).ok).toBe(true);
  });
});
