import type { FaceHint } from '../../../reception/ports.ts';
import type { FaceBox } from './face-box.ts';
import type { Light } from './light.ts';

/** What one look at the camera's picture has given. */
export type View = {
  /** The nearest first. */
  readonly faces: readonly FaceBox[];
  readonly light: Light;
  readonly size: { readonly width: number; readonly height: number };
  readonly atMs: number;
};

/**
 * From where on a person is helped. A little stricter than what the reader refuses (src/face/quality.ts), so that whoever
 * follows stands well within it. Lengths are parts of the picture's height.
 */
const LIMITS = {
  /** The oval is .75 high; the reader compares faces from about .2 to .8. */
  minFace: 0.24,
  maxFace: 0.66,
  /** How far the face's middle may lie from the oval's. */
  sideways: 0.2,
  upright: 0.22,
  /** Mean grey of the face, and the share of it that is blown out. */
  minGrey: 45,
  maxWhite: 0.3,
  /** A face darker than this before a background of which so much is blown out has the light behind it. */
  behindGrey: 90,
  behindWhite: 0.35,
  /** Somebody further back in the waiting room is no second person: so much of the nearest face's width is one. */
  secondFace: 0.6,
  /** Face widths a second. */
  maxSpeed: 1.2,
} as const;

/**
 * What the person can do, the most helpful first; `undefined` when there is nothing to say. A mask cannot be told from
 * a box and six points: the reader tells of it.
 * @param before the look before this one, for what moves
 */
export function guide(now: View, before?: View): FaceHint | undefined {
  const { faces, light, size } = now;
  const [face, second] = faces;
  if (!face) return hintForLight(light) ?? 'look-here';
  if (second && second.width > LIMITS.secondFace * face.width) return 'one-person';
  if (face.height < LIMITS.minFace * size.height) return 'come-closer';
  if (face.height > LIMITS.maxFace * size.height) return 'move-back';
  const middle = middleOf(face);
  if (Math.abs(middle.x - size.width / 2) > LIMITS.sideways * size.height) return 'look-here';
  if (Math.abs(middle.y - size.height / 2) > LIMITS.upright * size.height) return 'look-here';
  if (light.grey < LIMITS.behindGrey && light.whiteAround > LIMITS.behindWhite) return 'light-behind';
  return hintForLight(light) ?? (moves(face, now, before) ? 'hold-still' : undefined);
}

function hintForLight({ grey, white }: Light): FaceHint | undefined {
  if (grey < LIMITS.minGrey) return 'too-dark';
  return white > LIMITS.maxWhite ? 'too-bright' : undefined;
}

function moves(face: FaceBox, now: View, before: View | undefined): boolean {
  const [last, another] = before?.faces ?? [];
  if (!before || !last || another) return false;
  const [from, to] = [middleOf(last), middleOf(face)];
  const widths = Math.hypot(to.x - from.x, to.y - from.y) / face.width;
  return widths > (LIMITS.maxSpeed * (now.atMs - before.atMs)) / 1000;
}

const middleOf = ({ x, y, width, height }: FaceBox) => ({ x: x + width / 2, y: y + height / 2 });
