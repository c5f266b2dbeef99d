/** The pictures that are timed: the personas' faces, which set-up has made. */
import sharp from 'sharp';
import { encodeJp2 } from '../../../src/bench/card/jp2.ts';
import { framesOf, portraitOf } from '../../../src/bench/faces/persona-faces.ts';

export const PEOPLE = ['a', 'b', 'c', 'd', 'e', 'f'];

/** As a card holds it: grey JPEG 2000, 240 × 320. */
export async function portraitJp2(id: string): Promise<Uint8Array> {
  const { grey, width, height } = await portraitOf(id);
  return encodeJp2(grey, width, height);
}

/** Frames of all personas, 640 × 480: `each` of everyone. */
export async function frames(each: number): Promise<readonly Uint8Array[]> {
  return (await Promise.all(PEOPLE.map(async (id) => (await framesOf(id)).slice(0, each)))).flat();
}

/** The same, as a camera of 1280 × 720 would send them. */
export function wideFrames(narrow: readonly Uint8Array[]): Promise<readonly Uint8Array[]> {
  return Promise.all(narrow.map((jpeg) => sharp(jpeg).resize(1280, 720, { fit: 'cover' }).jpeg({ quality: 85 }).toBuffer()));
}
