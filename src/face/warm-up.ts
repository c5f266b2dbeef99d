import sharp from 'sharp';
import { FACE_SIDE, FACE_TEMPLATE } from './align.ts';
import { decodeFrame } from './decode-frame.ts';
import { detectFaces } from './detect.ts';
import { embedFace } from './embed.ts';
import { headTurn } from './head-turn.ts';
import { alignFace } from './landmarks.ts';
import type { Networks } from './networks.ts';
import type { Picture } from './picture.ts';
import { qualityOf } from './quality.ts';

/**
 * One run of every stage on empty pictures, as a frame and a portrait are: what runs for the first time is compiled
 * first, and the first patient of the day would wait twice as long.
 */
export async function warmUp(networks: Networks): Promise<void> {
  const create = { width: 640, height: 480, channels: 3, background: '#808080' } as const;
  const frame = await decodeFrame(await sharp({ create }).jpeg().toBuffer());
  if (!frame.ok) throw new Error('the warm-up picture cannot be decoded');
  await runStages(networks, frame.value);
  await runStages(networks, { data: new Uint8Array(240 * 320).fill(128), width: 240, height: 320, channels: 1 });
}

async function runStages(networks: Networks, picture: Picture): Promise<void> {
  await detectFaces(networks.detector, picture);
  const side = picture.width / 2;
  const [x, y] = [side / 2, picture.height / 2 - side / 2];
  await alignFace(networks.landmarks, picture, { x, y, width: side, height: side });
  // As for a face there, a little tilted: what the network makes of an empty picture lies anywhere.
  const map = { a: side / FACE_SIDE, b: 0.1, tx: x, ty: y };
  qualityOf(picture, { map, ...headTurn(FACE_TEMPLATE) });
  await embedFace(networks, picture, map);
}
