import type { Picture, Point } from './picture.ts';

/**
 * From a target grid to the source picture, both in pixels:
 *
 *   sourceX = a·x − b·y + tx        sourceY = b·x + a·y + ty
 *
 * Turn, uniform scale and shift: nothing that would bend a face.
 */
export type Similarity = { readonly a: number; readonly b: number; readonly tx: number; readonly ty: number };

export function carry({ a, b, tx, ty }: Similarity, [x, y]: Point): Point {
  return [a * x - b * y + tx, b * x + a * y + ty];
}

/** Lays the whole source into the target, centred, sides kept in proportion. */
export function fitInside(source: Picture, width: number, height: number): Similarity {
  const a = Math.max(source.width / width, source.height / height);
  return { a, b: 0, tx: (source.width - a * width) / 2, ty: (source.height - a * height) / 2 };
}
