import type { SurfacePose, Texture } from './render-surface.mjs';

export type Eyes = {
  /** The middle between the eyes, in pixels of the picture. */
  readonly x: number;
  readonly y: number;
  /** In pixels. */
  readonly apart: number;
  /** By which the line through the eyes slopes downwards to the right, in degrees. */
  readonly tilt: number;
};

export function headSurface(
  picture: Pick<Texture, 'width' | 'height'>,
  eyes: Eyes,
  distance: number,
): (u: number, v: number) => readonly [x: number, y: number, z: number];

export function headPose(eyes: Eyes, distance: number, yaw: number): SurfacePose & { readonly roll: number };

export const EYE_DISTANCE_MM: number;
