/**
 * How long each stage of face matching takes on one thread, in milliseconds, as JSON:
 *
 *   node test/campaigns/face-stages.ts
 */
import { cpus } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { encodeJp2 } from '../../src/bench/card/jp2.ts';
import { framesOf, portraitOf } from '../../src/bench/faces/persona-faces.ts';
import { decodeFrame } from '../../src/face/decode-frame.ts';
import { loadPortraitDecoder } from '../../src/face/decode-portrait.ts';
import { detectFaces } from '../../src/face/detect.ts';
import { embedFace } from '../../src/face/embed.ts';
import { alignFace } from '../../src/face/landmarks.ts';
import { loadNetworks } from '../../src/face/networks.ts';
import type { Picture } from '../../src/face/picture.ts';
import { hintFor } from '../../src/face/quality.ts';
import { warmUp } from '../../src/face/warm-up.ts';
import type { Result } from '../../src/faults/result.ts';
import { percentile } from './statistics.ts';

const ROUNDS = 5;
const PEOPLE = ['a', 'b', 'c', 'd', 'e', 'f'];

const startedAt = performance.now();
const loaded = await loadNetworks(join(import.meta.dirname, '../../build/models'));
if (!loaded.ok) throw new Error(`the face models are not ready: ${loaded.fault.detail}`);
const networks = loaded.value;
const decodePortrait = await loadPortraitDecoder();
await warmUp(networks);
const readyMs = performance.now() - startedAt;

const portraits = await Promise.all(
  PEOPLE.map(async (id) => {
    const { grey, width, height } = await portraitOf(id);
    return encodeJp2(grey, width, height);
  }),
);
const frames = (await Promise.all(PEOPLE.map(framesOf))).flat();
const wideFrames = await Promise.all(
  frames.slice(0, 12).map((jpeg) => sharp(jpeg).resize(1280, 720, { fit: 'cover' }).jpeg({ quality: 85 }).toBuffer()),
);

console.log(
  JSON.stringify(
    {
      machine: `${cpus()[0]?.model} (${cpus().length} cores), Node ${process.versions.node}`,
      readyMs: Math.round(readyMs),
      portrait240x320: await measure(portraits, async (bytes) => decodePortrait(bytes)),
      frame640x480: await measure(frames, decodeFrame),
      frame1280x720: await measure(wideFrames, decodeFrame),
      rssMB: Math.round(process.memoryUsage.rss() / 1e6),
    },
    null,
    2,
  ),
);

async function measure(files: readonly Uint8Array[], decode: (bytes: Uint8Array) => Promise<Result<Picture>>) {
  const times = new Map<string, number[]>();
  const timed = async <T>(stage: string, work: () => T | Promise<T>): Promise<T> => {
    const from = performance.now();
    const value = await work();
    times.set(stage, [...(times.get(stage) ?? []), performance.now() - from]);
    return value;
  };
  for (let round = 0; round < ROUNDS; round++) {
    for (const file of files) {
      await timed('total', async () => {
        const picture = await timed('decode', () => decode(file));
        if (!picture.ok) throw new Error(`a picture of a persona cannot be decoded: ${picture.fault.detail}`);
        const [face] = await timed('detect', () => detectFaces(networks.detector, picture.value));
        if (!face) throw new Error('no face in a picture of a persona');
        const alignment = await timed('align', () => alignFace(networks.landmarks, picture.value, face.box));
        await timed('quality', () => hintFor(picture.value, face.box, alignment));
        await timed('embed', () => embedFace(networks.embedding, picture.value, alignment.map, networks.commonFace));
      });
    }
  }
  const rounded = (value: number) => Math.round(value * 10) / 10;
  return Object.fromEntries(
    [...times].map(([stage, all]) => [
      stage,
      { p50: rounded(percentile(all, 0.5)), p95: rounded(percentile(all, 0.95)), runs: all.length },
    ]),
  );
}
