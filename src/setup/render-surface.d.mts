export type Texture = {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
  /** Grey, RGB, or RGB with opacity. */
  readonly channels: 1 | 3 | 4;
};

export type SurfacePose = {
  readonly yaw?: number;
  readonly pitch?: number;
  readonly roll?: number;
  readonly x?: number;
  readonly y?: number;
  /** From the camera to the surface's origin, in millimetres. */
  readonly distance: number;
};

export function renderSurface(
  frame: { readonly data: Uint8Array; readonly width: number; readonly height: number },
  picture: Texture,
  surface: (u: number, v: number) => readonly [x: number, y: number, z: number],
  pose: SurfacePose,
): void;

export const FOCAL: number;
