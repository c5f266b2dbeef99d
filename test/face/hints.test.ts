import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { framesOf } from '../../src/bench/faces/persona-faces.ts';
import { emptyRoomFrames } from '../../src/bench/faces/photo-frames.ts';
import { calmHints } from '../../src/face/calm-hints.ts';
import { decodeFrame } from '../../src/face/decode-frame.ts';
import { loadNetworks } from '../../src/face/networks.ts';
import { lookAtFrame } from '../../src/face/recognise.ts';
import type { FaceHint } from '../../src/reception/ports.ts';
import { createSimulatedClock } from '../simulated-clock.ts';
import { type Change, changed, modelsDir } from './fixtures.ts';

const networks = await loadNetworks(modelsDir);

async function hintsFor(frames: readonly Uint8Array[]): Promise<Set<FaceHint | 'good'>> {
  if (!networks.ok) throw new Error(networks.fault.detail);
  const hints = new Set<FaceHint | 'good'>();
  for (const jpeg of frames) {
    const picture = await decodeFrame(jpeg);
    if (!picture.ok) throw new Error(picture.fault.detail);
    const seen = await lookAtFrame(networks.value, picture.value);
    hints.add(seen.at === 'hint' ? seen.hint : 'good');
  }
  return hints;
}

/** The middle of the frame, magnified. */
const near =
  (width: number): Change =>
  (image) =>
    image.extract({ left: (640 - width) / 2, top: (480 - width * 0.75) / 2, width, height: width * 0.75 }).resize(640, 480);

/** The persona with this part of the light, and a bright window beside and above. */
async function beforeWindow(id: string, light: number): Promise<Uint8Array> {
  const [jpeg] = await framesOf(id);
  const window = `<svg width="640" height="480"><defs><radialGradient id="person" cx=".5" cy=".55" r=".62">
    <stop offset=".45" stop-color="#f4f6f8" stop-opacity="0"/><stop offset=".6" stop-color="#f4f6f8"/></radialGradient></defs>
    <rect width="640" height="480" fill="url(#person)"/></svg>`;
  const dark = await sharp(jpeg).linear(light, 0).toBuffer();
  return sharp(dark)
    .composite([{ input: Buffer.from(window) }])
    .jpeg({ quality: 90 })
    .toBuffer();
}

describe('one hint for each difficulty', () => {
  const changes: readonly [FaceHint | 'good', string, Change][] = [
    ['good', 'an ordinary frame', (image) => image],
    ['good', 'half the light', (image) => image.linear(0.5, 0)],
    ['too-dark', 'a fifth of the light', (image) => image.linear(0.2, 0)],
    ['too-bright', 'light that washes the face out', (image) => image.linear(2, 60)],
    ['hold-still', 'a blurred face', (image) => image.blur(6)],
    [
      'come-closer',
      'a person far away',
      (image) => image.resize(160, 120).extend({ top: 180, bottom: 180, left: 240, right: 240, background: '#888' }),
    ],
    ['move-back', 'a face that fills the picture', near(240)],
  ];

  test.each(changes)('%s: %s', async (hint, _, change) => {
    const frames = (await Promise.all(['a', 'b', 'd'].map(framesOf))).flatMap((all) => all.slice(0, 2));
    expect([...(await hintsFor(await changed(frames, change)))]).toEqual([hint]);
  });

  test.each([
    ['a person', async () => [await beforeWindow('a', 0.16), await beforeWindow('c', 0.16)]],
    ['a shadow in which no face is found', async () => [await beforeWindow('a', 0.02)]],
  ])('light-behind: %s before a bright window', async (_, frames) => {
    expect([...(await hintsFor(await frames()))]).toEqual(['light-behind']);
  });

  test('good: a person before a bright window whose face is lit all the same', async () => {
    expect([...(await hintsFor([await beforeWindow('a', 0.6), await beforeWindow('c', 0.6)]))]).toEqual(['good']);
  });

  test('look-here: nobody', async () => {
    expect([...(await hintsFor(await emptyRoomFrames()))]).toEqual(['look-here']);
  });

  test('look-here: a face at the edge', async () => {
    const [jpeg] = await framesOf('a');
    const leftPart = await sharp(jpeg).extract({ left: 0, top: 0, width: 390, height: 480 }).toBuffer();
    const atTheEdge = await sharp({ create: { width: 640, height: 480, channels: 3, background: '#888' } })
      .composite([{ input: leftPart, left: 250, top: 0 }])
      .jpeg()
      .toBuffer();
    expect([...(await hintsFor([atTheEdge]))]).toEqual(['look-here']);
  });

  test('one-person: two people of like size', async () => {
    const [[left], [right]] = (await Promise.all(['a', 'c'].map(framesOf))) as [Uint8Array[], Uint8Array[]];
    const half = (jpeg: Uint8Array | undefined) => sharp(jpeg).extract({ left: 160, top: 0, width: 320, height: 480 }).toBuffer();
    const both = await sharp({ create: { width: 640, height: 480, channels: 3, background: '#000' } })
      .composite([
        { input: await half(left), left: 0, top: 0 },
        { input: await half(right), left: 320, top: 0 },
      ])
      .jpeg()
      .toBuffer();
    expect([...(await hintsFor([both]))]).toEqual(['one-person']);
  });
});

test('hints change at most twice a second and are not repeated', async () => {
  const clock = createSimulatedClock();
  const told: FaceHint[] = [];
  const hint = calmHints((shown) => told.push(shown), clock);
  hint('look-here');
  hint('come-closer');
  await clock.advance(499);
  hint('come-closer');
  await clock.advance(1);
  hint('come-closer');
  await clock.advance(600);
  hint('come-closer');
  expect(told).toEqual(['look-here', 'come-closer']);
});
