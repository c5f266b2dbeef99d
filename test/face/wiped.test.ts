/** What stays in memory of a face that was looked at: nothing. */
import type { InferenceSession } from 'onnxruntime-node';
import { expect, test, vi } from 'vitest';
import { encodeJp2 } from '../../src/bench/card/jp2.ts';
import { framesOf } from '../../src/bench/faces/persona-faces.ts';
import { decodeFrame } from '../../src/face/decode-frame.ts';
import { loadPortraitDecoder } from '../../src/face/decode-portrait.ts';
import { detectFaces } from '../../src/face/detect.ts';
import { embedFace, embedInParts, fuse } from '../../src/face/embed.ts';
import { alignFace } from '../../src/face/landmarks.ts';
import { loadNetworks } from '../../src/face/networks.ts';
import { modelsDir, portraitJp2Of } from './fixtures.ts';

const PIECE = 32;
const portraits = await Promise.all(['a', 'b', 'c'].map((id) => portraitJp2Of(id)));

type Memory = { readonly buffer: ArrayBuffer };
type Instantiated = { readonly instance: { readonly exports: Readonly<Record<string, unknown>> } };
const { WebAssembly } = globalThis as unknown as {
  WebAssembly: { instantiate(...words: unknown[]): Promise<Instantiated>; Memory: new (size: object) => Memory };
};

/** The decoder, with a look into the memory that its WebAssembly was given. */
async function decoderAndHeap(...limits: Parameters<typeof loadPortraitDecoder>) {
  const memories: Memory[] = [];
  const { instantiate } = WebAssembly;
  const watched = vi.spyOn(WebAssembly, 'instantiate').mockImplementation(async (...words) => {
    const made = await instantiate(...words);
    for (const value of Object.values(made.instance.exports)) if (value instanceof WebAssembly.Memory) memories.push(value);
    return made;
  });
  const decode = await loadPortraitDecoder(...limits);
  watched.mockRestore();
  const [memory] = memories;
  if (!memory) throw new Error('the decoder has no memory to look into');
  return { decode, heap: () => Buffer.from(memory.buffer) };
}

/** How many whole pieces of `file` lie in `heap`, but for those that were there before, of files made alike. */
function piecesLeft(heap: Buffer, file: Uint8Array, before: Buffer): number {
  let found = 0;
  for (let at = 0; at + PIECE <= file.length; at += PIECE) {
    const piece = Buffer.from(file.subarray(at, at + PIECE));
    if (piece.some((byte) => byte !== 0) && heap.includes(piece) && !before.includes(piece)) found++;
  }
  return found;
}

test('of a portrait, whole, cut short or damaged, neither file nor pixels stay in the decoder', async () => {
  const { decode, heap } = await decoderAndHeap();
  const clean = Buffer.from(heap());
  const first = portraits.map((portrait) => decode(portrait));
  for (const [index, portrait] of portraits.entries()) {
    const damaged = Uint8Array.from(portrait);
    for (let at = 300; at < damaged.length; at += 97) damaged[at] = (damaged[at] ?? 0) ^ 0x5a;
    for (const file of [damaged, portrait.subarray(0, portrait.length - 500), portrait]) {
      const again = decode(file);
      expect(piecesLeft(heap(), file, clean)).toBe(0);
      expect(heap().equals(clean)).toBe(true);
      if (file === portrait) expect(again).toEqual(first[index]);
    }
  }
});

test('also not when its memory had to grow', async () => {
  const side = 3_600;
  const { decode, heap } = await decoderAndHeap({ bytes: 1_000_000, side });
  const clean = Buffer.from(heap());
  const large = await encodeJp2(new Uint8Array(side * side).fill(99), side, side);
  const first = decode(portraits[0] as Uint8Array);
  expect(decode(large)).toMatchObject({ ok: true });
  expect(heap().length).toBeGreaterThan(clean.length);
  expect(heap().subarray(0, clean.length).equals(clean)).toBe(true);
  expect(heap().equals(Buffer.concat([clean], heap().length))).toBe(true);
  expect(decode(portraits[0] as Uint8Array)).toEqual(first);
});

test('what the networks give is wiped when it has been read, and the template is another array', async () => {
  const loaded = await loadNetworks(modelsDir);
  if (!loaded.ok) throw new Error(loaded.fault.detail);
  const given: Float32Array[] = [];
  const watched = (session: InferenceSession) => {
    const run = async (feeds: InferenceSession.FeedsType) => {
      const outputs = await session.run(feeds);
      for (const { data } of Object.values(outputs)) given.push(data as Float32Array);
      return outputs;
    };
    return { run } as InferenceSession;
  };
  const networks = {
    detector: watched(loaded.value.detector),
    landmarks: watched(loaded.value.landmarks),
    embedders: loaded.value.embedders.map(({ model, session }) => ({ model, session: watched(session) })),
  };
  const [jpeg] = (await framesOf('a')) as [Uint8Array];
  const picture = await decodeFrame(jpeg);
  if (!picture.ok) throw new Error(picture.fault.detail);
  const [face] = await detectFaces(networks.detector, picture.value);
  if (!face) throw new Error('no face');
  const { map } = await alignFace(networks.landmarks, picture.value, face.box);
  const template = await embedFace(networks, picture.value, map);
  expect(given).toHaveLength(2 + 2 + networks.embedders.length);
  for (const output of given) expect(output.every((value) => value === 0)).toBe(true);
  const parts = await embedInParts(loaded.value, picture.value, map);
  expect(template).toEqual(
    fuse(
      parts,
      networks.embedders.map(({ model }) => model),
    ),
  );
});
