import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { encodeJp2 } from '../../../src/bench/card/jp2.ts';
import { greyPicture, portraitJp2 } from './card-talk.ts';

const hasOpjDump = spawnSync('opj_dump', ['-h']).error === undefined;

type Decoder = {
  getEncodedBuffer(length: number): Uint8Array;
  getDecodedBuffer(): Uint8Array;
  decode(): void;
  getFrameInfo(): { width: number; height: number; componentCount: number; bitsPerSample: number };
};
const codec: (options: { print(): void }) => Promise<{ J2KDecoder: new () => Decoder }> = createRequire(import.meta.url)(
  '@cornerstonejs/codec-openjpeg/decodewasmjs',
);

async function decode(jp2: Uint8Array) {
  const { J2KDecoder } = await codec({ print() {} });
  const decoder = new J2KDecoder();
  decoder.getEncodedBuffer(jp2.length).set(jp2);
  decoder.decode();
  return { ...decoder.getFrameInfo(), pixels: Uint8Array.from(decoder.getDecodedBuffer()) };
}

test('a portrait becomes a JP2 file of about 5 kB whose boxes are in order', async () => {
  const jp2 = Buffer.from(await portraitJp2());
  expect(jp2.length).toBeGreaterThan(4000);
  expect(jp2.length).toBeLessThan(5500);
  expect(jp2.subarray(0, 12).toString('hex')).toBe('0000000c6a5020200d0a870a');
  const boxes: string[] = [];
  for (let at = 0; at < jp2.length; at += jp2.readUInt32BE(at)) boxes.push(jp2.subarray(at + 4, at + 8).toString());
  expect(boxes).toEqual(['jP  ', 'ftyp', 'jp2h', 'jp2c']);
});

test('the decoder gives back the picture, grey and of the same size', async () => {
  const grey = greyPicture(240, 320);
  const decoded = await decode(await encodeJp2(grey, 240, 320, 12_000));
  expect(decoded).toMatchObject({ width: 240, height: 320, componentCount: 1, bitsPerSample: 8 });
  const error = grey.reduce((sum, value, index) => sum + Math.abs(value - (decoded.pixels[index] ?? 0)), 0) / grey.length;
  expect(error).toBeLessThan(8);
});

test('a target of more bytes gives a larger file', async () => {
  const grey = greyPicture(240, 320);
  const [small, large] = [await encodeJp2(grey, 240, 320, 3000), await encodeJp2(grey, 240, 320, 9000)];
  expect(small.length).toBeLessThan(3400);
  expect(large.length).toBeGreaterThan(7000);
});

test('a picture of another size than said is a defect', async () => {
  await expect(encodeJp2(new Uint8Array(10), 240, 320)).rejects.toThrow('240×320');
});

test.runIf(hasOpjDump)('OpenJPEG’s own tool reads it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'kazasu-jp2-'));
  const path = join(folder, 'portrait.jp2');
  writeFileSync(path, await portraitJp2());
  const { status, stdout } = spawnSync('opj_dump', ['-i', path], { encoding: 'utf8' });
  rmSync(folder, { recursive: true, force: true });
  expect(status).toBe(0);
  expect(stdout).toMatch(/x1=240, y1=320/);
});
