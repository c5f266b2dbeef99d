/**
 * Which way a head faces, from points of its picture. The nose stands out before the eyes and the mouth, so it moves
 * sideways against them when a head turns. On a flat picture it cannot: seen askew from afar, a plane keeps the ratios
 * that are measured here (an affine map keeps them), and what perspective adds is small.
 */
import type { Point } from './picture.ts';

export type HeadTurn = {
  /**
   * How far the nose tip lies beside the line from between the eyes to between the mouth corners, in eye distances:
   * 0 from the front, more towards the person's own left, about 0.01 a degree.
   */
  readonly turn: number;
  /** From the eye on the picture's left to the other one, in pixels. */
  readonly eyes: Point;
  /** From between the eyes to between the mouth corners, in pixels. */
  readonly down: Point;
};

/** @param points the five of the template: eyes, nose tip, mouth corners, each pair from the picture's left */
export function headTurn(points: readonly Point[]): HeadTurn {
  const [leftEye, rightEye, noseTip, leftMouth, rightMouth] = points as [Point, Point, Point, Point, Point];
  const between = middle(leftEye, rightEye);
  const eyes = difference(rightEye, leftEye);
  const down = difference(middle(leftMouth, rightMouth), between);
  return { turn: cross(difference(noseTip, between), down) / (cross(eyes, down) || 1), eyes, down };
}

/**
 * How much narrower one view shows the face than another, whatever their size and tilt: 1 for none, 1 / cos φ for a
 * flat picture that is turned by φ about any line in it.
 */
export function squeeze(a: HeadTurn, b: HeadTurn): number {
  // Longest to shortest stretch of the map that carries a's two axes onto b's: the ratio of its singular values.
  const area = cross(a.eyes, a.down) || 1;
  const across = [(b.eyes[0] * a.down[1] - b.down[0] * a.eyes[1]) / area, (b.eyes[1] * a.down[1] - b.down[1] * a.eyes[1]) / area];
  const along = [(b.down[0] * a.eyes[0] - b.eyes[0] * a.down[0]) / area, (b.down[1] * a.eyes[0] - b.eyes[1] * a.down[0]) / area];
  const [m00, m10] = across as [number, number];
  const [m01, m11] = along as [number, number];
  const sum = Math.hypot(m00 + m11, m10 - m01);
  const rest = Math.hypot(m00 - m11, m10 + m01);
  return (sum + rest) / Math.max(Math.abs(sum - rest), 1e-6);
}

const middle = (a: Point, b: Point): Point => [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
const difference = (a: Point, b: Point): Point => [a[0] - b[0], a[1] - b[1]];
const cross = (a: Point, b: Point): number => a[0] * b[1] - a[1] * b[0];
