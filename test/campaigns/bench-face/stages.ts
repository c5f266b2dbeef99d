/** The stages of one picture on one thread, with the time inside the networks told apart. */
import { join } from 'node:path';
import type { InferenceSession } from 'onnxruntime-node';
import { decodeFrame } from '../../../src/face/decode-frame.ts';
import { loadPortraitDecoder } from '../../../src/face/decode-portrait.ts';
import { detectFaces } from '../../../src/face/detect.ts';
import { embedFace } from '../../../src/face/embed.ts';
import { alignFace } from '../../../src/face/landmarks.ts';
import { loadNetworks } from '../../../src/face/networks.ts';
import type { Picture } from '../../../src/face/picture.ts';
import { hintFor, qualityOf } from '../../../src/face/quality.ts';
import { warmUp } from '../../../src/face/warm-up.ts';
import type { Result } from '../../../src/faults/result.ts';
import { frames, PEOPLE, portraitJp2, wideFrames } from './pictures.ts';
import { answerQuestions } from './process.ts';
import { hundredth, type Spread, spreadOf } from './spread.ts';

export type Stages = Readonly<Record<string, Spread>> & { readonly ratio: { readonly p50: number; readonly goal: number } };
export type StagesReport = { readonly portrait240x320: Stages; readonly frame640x480: Stages; readonly frame1280x720: Stages };

/** Total ÷ time inside the networks. */
const RATIO_GOAL = 1.3;
/** Not counted: until then the just-in-time compiler is still at work. */
const WARM_ROUNDS = 2;

const loaded = await loadNetworks(join(import.meta.dirname, '../../../build/models'));
if (!loaded.ok) throw new Error(`the face models are not ready: ${loaded.fault.detail}`);
const networks = loaded.value;
const modelMs = meterNetworks(networks.detector);
const decodePortrait = await loadPortraitDecoder();
await warmUp(networks);

answerQuestions(async ({ rounds }: { rounds: number }): Promise<StagesReport> => {
  const narrow = await frames(2);
  const wide = await wideFrames(narrow);
  const portraits = await Promise.all(PEOPLE.map(portraitJp2));
  return {
    portrait240x320: await measure(portraits, async (bytes) => decodePortrait(bytes), 2 * rounds),
    frame640x480: await measure(narrow, decodeFrame, rounds),
    frame1280x720: await measure(wide, decodeFrame, rounds),
  };
});

async function measure(
  files: readonly Uint8Array[],
  decode: (bytes: Uint8Array) => Promise<Result<Picture>>,
  rounds: number,
): Promise<Stages> {
  const runs: Record<string, number>[] = [];
  for (let round = -WARM_ROUNDS; round < rounds; round++) {
    for (const file of files) {
      const run = await timeStages(file, decode);
      if (round >= 0) runs.push(run);
    }
  }
  const stages = Object.keys(runs[0] ?? {});
  const spreads = Object.fromEntries(stages.map((stage) => [stage, spreadOf(runs.map((run) => run[stage] as number))]));
  const ratios = runs.map(({ total = 0, model = 1 }) => total / model).sort((a, b) => a - b);
  return { ...spreads, ratio: { p50: hundredth(ratios[ratios.length >> 1] ?? 0), goal: RATIO_GOAL } } as Stages;
}

async function timeStages(file: Uint8Array, decode: (bytes: Uint8Array) => Promise<Result<Picture>>) {
  const times: Record<string, number> = {};
  const timed = async <T>(stage: string, work: () => T | Promise<T>): Promise<T> => {
    const from = performance.now();
    const value = await work();
    times[stage] = performance.now() - from;
    return value;
  };
  const before = modelMs();
  await timed('total', async () => {
    const picture = await timed('decode', () => decode(file));
    if (!picture.ok) throw new Error(`a picture of a persona cannot be decoded: ${picture.fault.detail}`);
    const [face] = await timed('detect', () => detectFaces(networks.detector, picture.value));
    if (!face) throw new Error('no face in a picture of a persona');
    const alignment = await timed('align', () => alignFace(networks.landmarks, picture.value, face.box));
    await timed('quality', () => hintFor(picture.value, face.box, qualityOf(picture.value, alignment)));
    await timed('embed', () => embedFace(networks, picture.value, alignment.map));
  });
  return { ...times, model: modelMs() - before };
}

/** Counts the time inside every network from now on. @param one any of them: all share one prototype */
function meterNetworks(one: InferenceSession): () => number {
  let spentMs = 0;
  const prototype = Object.getPrototypeOf(one) as InferenceSession;
  const run = prototype.run as (...words: unknown[]) => Promise<InferenceSession.OnnxValueMapType>;
  prototype.run = async function (this: InferenceSession, ...words: unknown[]) {
    const from = performance.now();
    const output = await run.apply(this, words);
    spentMs += performance.now() - from;
    return output;
  };
  return () => spentMs;
}
