/**
 * One decoded picture: rows from the top, `channels` bytes a pixel, no padding (RGB, or grey).
 *
 *   offset of pixel (x, y) = (y × width + x) × channels
 */
export type Picture = {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3;
};

/** In pixels of the picture it was found in; may reach over the edge. */
export type Box = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

export type Point = readonly [x: number, y: number];

/** Forgets the pixels. */
export function wipe(picture: Picture): void {
  picture.data.fill(0);
}

/** Intersection over union, 0…1. */
export function overlap(a: Box, b: Box): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  if (width <= 0 || height <= 0) return 0;
  const shared = width * height;
  return shared / (a.width * a.height + b.width * b.height - shared);
}
