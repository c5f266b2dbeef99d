import type { Detection } from './detect.ts';
import { type Box, overlap, type Picture } from './picture.ts';

/**
 * What speaks for a picture instead of a person. A cue is an adviser: it decides nothing, but has the challenge ask for a
 * second turn, to the other side.
 */
export type Cue =
  /** There is an infrared picture of the same moment, and no face at that place in it: a screen shows nothing there. */
  'not-in-infrared';

/** The two cameras stand side by side, so that the face lies a little shifted. */
const MIN_SHARED = 0.2;

/** @param infrared the infrared picture of the same moment with the faces in it; `undefined` when it cannot be read */
export function infraredCue(
  face: Box,
  visible: Picture,
  infrared: { readonly picture: Picture; readonly faces: readonly Detection[] } | undefined,
): Cue | undefined {
  const place = inParts(face, visible);
  const isThere = infrared?.faces.some(({ box }) => overlap(inParts(box, infrared.picture), place) >= MIN_SHARED);
  return isThere ? undefined : 'not-in-infrared';
}

/** The cameras may differ in size. */
function inParts(box: Box, { width, height }: Picture): Box {
  return { x: box.x / width, y: box.y / height, width: box.width / width, height: box.height / height };
}
