import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { framesOf } from '../../src/bench/faces/persona-faces.ts';
import { decodeFrame } from '../../src/face/decode-frame.ts';
import { loadNetworks } from '../../src/face/networks.ts';
import { lookAtFrame } from '../../src/face/recognise.ts';
import { modelsDir } from './fixtures.ts';

/** Infrared is simulated: the same picture in grey, moved and darkened, or one in which the face is missing. */
describe('a face in the visible picture and the infrared one of the same moment', async () => {
  const networks = await loadNetworks(modelsDir);

  async function cueWith(person: string, infrared: Uint8Array | undefined) {
    if (!networks.ok) throw new Error(networks.fault.detail);
    const [jpeg] = await framesOf(person);
    const picture = await decodeFrame(jpeg as Uint8Array);
    if (!picture.ok) throw new Error(picture.fault.detail);
    const seen = await lookAtFrame(networks.value, picture.value, infrared && (await decodeFrame(infrared)));
    if (seen.at !== 'face') throw new Error(seen.hint);
    return seen.cue;
  }
  const greyOf = async (person: string, left: number) => {
    const [jpeg] = await framesOf(person);
    const wide = await sharp(jpeg).extend({ left: 40, right: 40, extendWith: 'copy' }).toBuffer();
    const moved = await sharp(wide)
      .extract({ left: 40 + left, top: 0, width: 640, height: 480 })
      .toBuffer();
    return sharp(moved).resize(480, 360).greyscale().linear(0.7, 10).jpeg().toBuffer();
  };

  test.each(['a', 'b', 'c', 'd', 'e', 'f'])('%s is there in both, also a little to the side: no cue', async (person) => {
    for (const left of [-30, 0, 30]) expect(await cueWith(person, await greyOf(person, left))).toBeUndefined();
  });

  test('without an infrared camera there is no cue', async () => {
    expect(await cueWith('a', undefined)).toBeUndefined();
  });

  test('a dark screen, a face elsewhere, and a picture that cannot be read are cues', async () => {
    const dark = await sharp({ create: { width: 640, height: 480, channels: 3, background: '#0a0a0a' } })
      .jpeg()
      .toBuffer();
    const inTheCorner = await sharp({ create: { width: 640, height: 480, channels: 3, background: '#333' } })
      .composite([
        {
          input: await sharp(await greyOf('a', 0))
            .resize(240, 180)
            .toBuffer(),
          left: 0,
          top: 0,
        },
      ])
      .jpeg()
      .toBuffer();
    for (const infrared of [dark, inTheCorner, Uint8Array.of(1, 2, 3)]) {
      expect(await cueWith('a', infrared)).toBe('not-in-infrared');
    }
  });
});
