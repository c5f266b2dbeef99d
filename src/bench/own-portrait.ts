import sharp from 'sharp';
import { failed, ok, type Result } from '../faults/result.ts';
import type { FacePort } from '../reception/ports.ts';
import { encodeJp2 } from './card/jp2.ts';
import type { Portrait } from './faces/persona-faces.ts';

const WIDTH = 240;
const HEIGHT = 320;
/** Which share of the picture's height the portrait takes: a face before a webcam, then a wider cut. */
const CUTS = [0.8, 1] as const;

/**
 * A grey card portrait from webcam pictures, in memory only: the first cut that the reader's own face part can
 * enrol. Faults: FACE-402 when none can be, FACE-403, FACE-406.
 */
export async function enrolledPortrait(
  face: FacePort,
  pictures: readonly Uint8Array[],
  signal: AbortSignal,
): Promise<Result<Portrait>> {
  const ready = await face.ready(signal);
  if (!ready.ok) return ready;
  for (const picture of pictures) {
    for (const share of CUTS) {
      const portrait = await cut(picture, share);
      if (await canBeEnrolled(face, portrait, signal)) return ok(portrait);
      portrait.grey.fill(0);
    }
  }
  return failed('FACE-402', 'no face that can be compared was seen in the pictures');
}

async function cut(picture: Uint8Array, share: number): Promise<Portrait> {
  const { width = 0, height = 0 } = await sharp(picture).metadata();
  const cutHeight = Math.floor(Math.min(height * share, (width * HEIGHT) / WIDTH));
  const cutWidth = Math.floor((cutHeight * WIDTH) / HEIGHT);
  const grey = await sharp(picture)
    .extract({
      left: Math.floor((width - cutWidth) / 2),
      top: Math.floor((height - cutHeight) / 2),
      width: cutWidth,
      height: cutHeight,
    })
    .resize(WIDTH, HEIGHT)
    .greyscale()
    .raw()
    .toBuffer();
  return { grey, width: WIDTH, height: HEIGHT };
}

async function canBeEnrolled(face: FacePort, { grey, width, height }: Portrait, signal: AbortSignal): Promise<boolean> {
  const session = face.open();
  try {
    return (await session.enrol(await encodeJp2(grey, width, height), signal)).ok;
  } finally {
    session.close();
  }
}
