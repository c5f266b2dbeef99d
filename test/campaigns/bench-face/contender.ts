/** One face library in a process of its own: JPEG or portrait in, template out. The decoders are ours for all of them. */
import { decodeFrame } from '../../../src/face/decode-frame.ts';
import { loadPortraitDecoder } from '../../../src/face/decode-portrait.ts';
import type { Picture } from '../../../src/face/picture.ts';
import { answerQuestions } from './process.ts';

export type Contender = {
  /** The template of the one face that counts; `undefined` when it finds none. */
  embed(picture: Picture): Promise<Float32Array | undefined>;
};

export type Question = { readonly kind: 'frame' | 'portrait'; readonly bytes: Uint8Array };
export type Answer = { readonly ms: number; readonly template: Float32Array | undefined };

const libraries: Readonly<Record<string, () => Promise<Contender>>> = {
  kazasu: async () => (await import('./ours.ts')).loadOurs(),
  'face-api (SSD)': async () => (await import('./face-api.ts')).loadFaceApi('ssd'),
  'face-api (tiny)': async () => (await import('./face-api.ts')).loadFaceApi('tiny'),
  human: async () => (await import('./human.ts')).loadHuman(),
};

const name = process.argv[2] ?? '';
const load = libraries[name];
if (!load) throw new Error(`there is no contender ${name}`);
const contender = load();
const portraitDecoder = loadPortraitDecoder();

answerQuestions(async ({ kind, bytes }: Question): Promise<Answer> => {
  const [{ embed }, decodePortrait] = [await contender, await portraitDecoder];
  const from = performance.now();
  const picture = kind === 'portrait' ? decodePortrait(bytes) : await decodeFrame(bytes);
  const template = picture.ok ? await embed(picture.value) : undefined;
  return { ms: performance.now() - from, template };
});
