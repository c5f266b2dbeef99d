import { ID1 } from './front-design.ts';

export type Point = { readonly x: number; readonly y: number };

/** Top left, top right, bottom right, bottom left. */
export type Corners = readonly [Point, Point, Point, Point];

/** Where a point of the card, in millimetres, is in the picture. */
export type CardMap = (xMm: number, yMm: number) => Point;

/**
 * The projective map that takes the card's corners to those in the picture (Heckbert, Fundamentals of Texture Mapping,
 * 1989, §2.2.3):
 *
 *   x = (a·u + b·v + c) / (g·u + h·v + 1)    y = (d·u + e·v + f) / (g·u + h·v + 1)    u, v = 0…1 across the card
 */
export function mapCard([p0, p1, p2, p3]: Corners): CardMap {
  const dx1 = p1.x - p2.x;
  const dx2 = p3.x - p2.x;
  const dx3 = p0.x - p1.x + p2.x - p3.x;
  const dy1 = p1.y - p2.y;
  const dy2 = p3.y - p2.y;
  const dy3 = p0.y - p1.y + p2.y - p3.y;
  const determinant = dx1 * dy2 - dx2 * dy1;
  const g = (dx3 * dy2 - dx2 * dy3) / determinant;
  const h = (dx1 * dy3 - dx3 * dy1) / determinant;
  const a = p1.x - p0.x + g * p1.x;
  const b = p3.x - p0.x + h * p3.x;
  const d = p1.y - p0.y + g * p1.y;
  const e = p3.y - p0.y + h * p3.y;
  return (xMm, yMm) => {
    const u = xMm / ID1.widthMm;
    const v = yMm / ID1.heightMm;
    const w = g * u + h * v + 1;
    return { x: (a * u + b * v + p0.x) / w, y: (d * u + e * v + p0.y) / w };
  };
}

/** The same card, upside down. */
export function turned([topLeft, topRight, bottomRight, bottomLeft]: Corners): Corners {
  return [bottomRight, bottomLeft, topLeft, topRight];
}
