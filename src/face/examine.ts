import type { Clock } from '../clock.ts';
import { failed, ok, type Result } from '../faults/result.ts';
import type { FaceHint } from '../reception/ports.ts';
import type { FileDecoder } from './decode-file.ts';
import { detectFaces } from './detect.ts';
import { embedFace } from './embed.ts';
import { alignFace } from './landmarks.ts';
import type { Networks } from './networks.ts';
import { type Box, wipe } from './picture.ts';
import { hintFor, type Quality, qualityOf } from './quality.ts';
import { byProminence, MIN_PORTRAIT_SCALE } from './recognise.ts';

export type Examination = {
  /** To be wiped by the caller. */
  readonly template: Float32Array;
  readonly picture: { readonly width: number; readonly height: number; readonly grey: boolean };
  /** How many faces the picture shows; the most prominent one was taken. */
  readonly faces: number;
  readonly box: Box;
  readonly quality: Quality;
  /** Whether a card's portrait with so small a face would be refused. */
  readonly tooSmallForPortrait: boolean;
  /** What a person would be told at the counter, if this were a frame of the camera. */
  readonly hint: FaceHint | undefined;
  readonly ms: Readonly<Record<'decode' | 'detect' | 'align' | 'embed' | 'total', number>>;
};

/**
 * Looks at one picture file by every stage, refusing nothing for its quality, and wipes its pixels.
 * Faults: FACE-402 for a file that cannot be decoded or shows no face.
 */
export async function examineFace(
  networks: Networks,
  decode: FileDecoder,
  bytes: Uint8Array,
  clock: Clock,
): Promise<Result<Examination>> {
  const startedAt = clock.now();
  const decoded = await decode(bytes);
  if (!decoded.ok) return decoded;
  const picture = decoded.value;
  try {
    const decodedAt = clock.now();
    const faces = byProminence(await detectFaces(networks.detector, picture), picture);
    const [face] = faces;
    if (!face) return failed('FACE-402', 'no face was found');
    const detectedAt = clock.now();
    const alignment = await alignFace(networks.landmarks, picture, face.box);
    const alignedAt = clock.now();
    const template = await embedFace(networks, picture, alignment.map);
    const embeddedAt = clock.now();
    const quality = qualityOf(picture, alignment);
    return ok({
      template,
      picture: { width: picture.width, height: picture.height, grey: picture.channels === 1 },
      faces: faces.length,
      box: face.box,
      quality,
      tooSmallForPortrait: quality.scale < MIN_PORTRAIT_SCALE,
      hint: hintFor(picture, face.box, quality) ?? (quality.masked ? 'mask-off' : undefined),
      ms: {
        decode: decodedAt - startedAt,
        detect: detectedAt - decodedAt,
        align: alignedAt - detectedAt,
        embed: embeddedAt - alignedAt,
        total: embeddedAt - startedAt,
      },
    });
  } finally {
    wipe(picture);
  }
}
