import { failed, ok, type Result } from '../faults/result.ts';
import type { FaceHint } from '../reception/ports.ts';
import { type Cue, infraredCue } from './cues.ts';
import { type Detection, detectFaces } from './detect.ts';
import { embedFace } from './embed.ts';
import { alignFace } from './landmarks.ts';
import type { Networks } from './networks.ts';
import type { Box, Picture } from './picture.ts';
import { hintFor, hintWithoutFace, qualityOf } from './quality.ts';
import type { Glimpse } from './track.ts';

/** What one picture shows: a face that can be compared, or what the person can do about it. */
export type Sighting = ({ readonly at: 'face' } & Glimpse) | { readonly at: 'hint'; readonly hint: FaceHint };

/** A second face this high, in heights of the first, might be the person meant; in a blurred picture there are shadows
 *  that look like a faint one. */
const RIVAL = { minHeight: 0.7, minScore: 0.7 } as const;
/** A portrait smaller than this, in pixels for one of the aligned grid, holds too little to compare. */
export const MIN_PORTRAIT_SCALE = 0.4;

/** Looks at a frame of the counter. @param infrared the same moment in near infrared, where the unit has such a camera */
export async function lookAtFrame(networks: Networks, picture: Picture, infrared?: Result<Picture>): Promise<Sighting> {
  const [face, ...others] = byProminence(await detectFaces(networks.detector, picture), picture);
  if (!face) return { at: 'hint', hint: hintWithoutFace(picture) };
  if (others.some((other) => isRival(other, face))) return { at: 'hint', hint: 'one-person' };
  const alignment = await alignFace(networks.landmarks, picture, face.box);
  const quality = qualityOf(picture, alignment);
  const hint = hintFor(picture, face.box, quality);
  if (hint) return { at: 'hint', hint };
  const { map, ...turn } = alignment;
  const cue = infrared && (await cueInInfrared(networks, picture, face.box, infrared));
  return { at: 'face', template: await embedFace(networks, picture, map), box: face.box, ...turn, cue, masked: quality.masked };
}

/** An infrared picture that cannot be read shows no face. */
async function cueInInfrared(
  { detector }: Networks,
  picture: Picture,
  face: Box,
  infrared: Result<Picture>,
): Promise<Cue | undefined> {
  if (!infrared.ok) return infraredCue(face, picture, undefined);
  const faces = await detectFaces(detector, infrared.value);
  return infraredCue(face, picture, { picture: infrared.value, faces });
}

/** Looks at the card's portrait. Faults: FACE-404 when it shows no face that can be compared. */
export async function lookAtPortrait(networks: Networks, picture: Picture): Promise<Result<Sighting>> {
  const [face] = byProminence(await detectFaces(networks.detector, picture), picture);
  if (!face) return failed('FACE-404', 'portrait shows no face');
  const { map, ...turn } = await alignFace(networks.landmarks, picture, face.box);
  if (Math.hypot(map.a, map.b) < MIN_PORTRAIT_SCALE) return failed('FACE-404', 'face in portrait is too small');
  return ok({ at: 'face', template: await embedFace(networks, picture, map), box: face.box, ...turn });
}

function isRival(other: Detection, face: Detection): boolean {
  return other.score >= RIVAL.minScore && other.box.height >= RIVAL.minHeight * face.box.height;
}

/** Large and central first: passers-by stand further away and to the side. */
export function byProminence(faces: readonly Detection[], picture: Picture): readonly Detection[] {
  const prominence = ({ box }: Detection) => {
    const sideways = (box.x + box.width / 2 - picture.width / 2) / picture.width;
    const upright = (box.y + box.height / 2 - picture.height / 2) / picture.height;
    return box.height * (1 - Math.hypot(sideways, upright));
  };
  return faces.toSorted((a, b) => prominence(b) - prominence(a));
}
