import sharp from 'sharp';
import { decodeFrame } from './decode-frame.ts';
import { detectFaces } from './detect.ts';
import { embedFace } from './embed.ts';
import { alignFace } from './landmarks.ts';
import type { Networks } from './networks.ts';

/** One run of every stage on an empty picture: the first run of each costs several times a later one. */
export async function warmUp(networks: Networks): Promise<void> {
  const create = { width: 640, height: 480, channels: 3, background: '#808080' } as const;
  const picture = await decodeFrame(await sharp({ create }).jpeg().toBuffer());
  if (!picture.ok) throw new Error('the warm-up picture cannot be decoded');
  await detectFaces(networks.detector, picture.value);
  const { map } = await alignFace(networks.landmarks, picture.value, { x: 220, y: 140, width: 200, height: 200 });
  await embedFace(networks.embedding, picture.value, map, networks.commonFace);
}
