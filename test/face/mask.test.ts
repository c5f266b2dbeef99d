/** Masks, drawn over the personas in colour; the rates on photographs are those of test/campaigns/mask-rates.ts. */
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { framesOf } from '../../src/bench/faces/persona-faces.ts';
import { createRecordedCamera } from '../../src/bench/faces/recorded-camera.ts';
import { decodeFrame } from '../../src/face/decode-frame.ts';
import { detectFaces } from '../../src/face/detect.ts';
import { alignFace } from '../../src/face/landmarks.ts';
import { loadNetworks } from '../../src/face/networks.ts';
import { qualityOf } from '../../src/face/quality.ts';
import type { FaceHint } from '../../src/reception/ports.ts';
import { type Mask, wearing } from '../campaigns/mask-drawing.ts';
import { faceOnSimulatedTime, framesFrom, modelsDir, never, portraitJp2Of, settled } from './fixtures.ts';

const PEOPLE = ['a', 'b', 'c', 'd', 'e', 'f'];
const networks = await loadNetworks(modelsDir);

async function aligned(jpeg: Uint8Array) {
  const picture = await decodeFrame(jpeg);
  if (!networks.ok || !picture.ok) throw new Error('models or frame are not ready');
  const [face] = await detectFaces(networks.value.detector, picture.value);
  if (!face) throw new Error('no face');
  const alignment = await alignFace(networks.value.landmarks, picture.value, face.box);
  return { picture: picture.value, map: alignment.map, quality: qualityOf(picture.value, alignment) };
}

async function masked(jpeg: Uint8Array, mask: Mask, seed: number): Promise<Uint8Array> {
  const { picture, map, quality } = await aligned(jpeg);
  const { data, width, height, channels } = wearing(mask, picture, map, quality.grey, seed);
  return sharp(data, { raw: { width, height, channels } }).jpeg({ quality: 90 }).toBuffer();
}

describe('a mask', () => {
  test('is seen on nobody who wears none', async () => {
    for (const person of PEOPLE) {
      for (const jpeg of await framesOf(person)) expect((await aligned(jpeg)).quality.masked).toBe(false);
    }
  });

  test.each<Mask>(['white', 'pale blue', 'black', 'beige'])('that is plain and %s is seen on nearly everyone', async (mask) => {
    let seen = 0;
    for (const [index, person] of PEOPLE.entries()) {
      const [jpeg] = (await framesOf(person)) as [Uint8Array];
      const worn = await masked(jpeg, mask, index + 1);
      if ((await aligned(worn)).quality.masked) seen++;
    }
    expect(seen).toBeGreaterThanOrEqual(PEOPLE.length - 1);
  });
});

describe('who does not match and seems to wear a mask', () => {
  const { clock, face } = faceOnSimulatedTime();

  /** Of the personas this one's black mask hides most; the portrait is of the very photograph, so that others match with it on. */
  const PERSON = 'f';

  /** @param offAfterMs when the mask is taken off */
  async function receive(offAfterMs: number) {
    const bare = await framesOf(PERSON);
    const worn = await Promise.all(bare.map((jpeg, index) => masked(jpeg, 'black', 40 + index)));
    const startedAt = clock.now();
    const camera = createRecordedCamera({
      clock,
      fps: 10,
      framesFor: () => (clock.now() - startedAt < offAfterMs ? worn : bare),
    });
    const stop = new AbortController();
    const session = face.open();
    const hints: FaceHint[] = [];
    await settled(clock, session.enrol(await portraitJp2Of(PERSON), never));
    const frames = await framesFrom(camera, stop.signal);
    const decision = await settled(
      clock,
      session.match(frames, (hint) => hints.push(hint), stop.signal),
    );
    stop.abort();
    session.close();
    return { decision, hints, tookMs: clock.now() - startedAt };
  }

  test('is asked to take it off, and then compared again', async () => {
    const { decision, hints } = await receive(3_000);
    expect(hints).toContain('mask-off');
    expect(decision).toMatchObject({ ok: true, value: { matched: true } });
  });

  test('gets an answer also when it stays on', async () => {
    const { decision, hints, tookMs } = await receive(60_000);
    expect(hints).toContain('mask-off');
    expect(decision).toMatchObject({ ok: true, value: { matched: false } });
    expect(tookMs).toBeLessThan(12_000);
  });
});
