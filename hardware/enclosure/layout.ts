/** Where each part sits in the enclosure (layout.json), and whether it can sit there. Millimetres; see layout.json. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { type Parts, readParts } from '../parts.ts';

const at = z.tuple([z.number(), z.number(), z.number()]);
const onPlate = z.tuple([z.number(), z.number()]);
const lens = { acrossDeg: z.number(), longSidePx: z.int(), shortSidePx: z.int() };
const schema = z.strictObject({
  about: z.string(),
  widthMm: z.number(),
  wallMm: z.number(),
  /** The side view, y and z, once around. */
  profile: z.array(z.tuple([z.number(), z.number()])).min(3),
  places: z.record(z.string(), z.strictObject({ atMm: at, raisedDeg: z.number() })),
  /** Diameters: of the boss, of the bore in it, and in the base plate of the hole and of the screw's head. */
  screws: z.strictObject({
    lid: z.strictObject({
      ...{ bossMm: z.number(), highMm: z.number(), coreMm: z.number(), throughMm: z.number(), headMm: z.number() },
      atMm: z.array(onPlate),
    }),
    /** The holes of a Raspberry Pi 4: 58 by 49 mm apart, 3.5 mm from three edges (its mechanical drawing). */
    board: z.strictObject({ bossMm: z.number(), coreMm: z.number(), fromMiddleMm: z.array(onPlate) }),
  }),
  card: z.strictObject({ sizeMm: z.tuple([z.number(), z.number()]), atMm: at }),
  cardCamera: z.strictObject(lens),
  /** `upDeg`: how far it looks up, as its hinge is set for a low counter or a high one. */
  faceCamera: z.strictObject({ ...lens, upDeg: z.strictObject({ low: z.number(), high: z.number() }) }),
});
export type Layout = z.infer<typeof schema>;

/** @throws what is wrong with the file */
export const readLayout = (): Layout => schema.parse(JSON.parse(readFileSync(new URL('./layout.json', import.meta.url), 'utf8')));

type Point = readonly [y: number, z: number];

/** A part as it lies: from left to right, and its outline in the side view. */
export type Box = { readonly id: string; readonly x: readonly [number, number]; readonly outline: readonly Point[] };

/** Every part that has a place; the face camera once for each setting of its hinge. */
export function boxesOf(layout: Layout, { parts }: Parts = readParts()): readonly Box[] {
  return Object.entries(layout.places).flatMap(([id, { atMm, raisedDeg }]) => {
    const size = parts.find((part) => part.id === id)?.sizeMm;
    if (!size) throw new Error(`layout.json places "${id}", which parts.json does not know with a size`);
    if (id !== 'face-camera') return [boxAt(id, atMm, size, raisedDeg)];
    return Object.entries(layout.faceCamera.upDeg).map(([counter, up]) => boxAt(`${id} (${counter})`, atMm, size, 90 - up));
  });
}

function boxAt(id: string, [x, y, z]: readonly [number, number, number], [w, d, h]: readonly number[], raisedDeg: number): Box {
  const angle = (raisedDeg * Math.PI) / 180;
  const half = [(w ?? 0) / 2, (d ?? 0) / 2, (h ?? 0) / 2] as const;
  const corner = (along: number, up: number): Point => [
    y + along * half[1] * Math.cos(angle) - up * half[2] * Math.sin(angle),
    z + along * half[1] * Math.sin(angle) + up * half[2] * Math.cos(angle),
  ];
  return { id, x: [x - half[0], x + half[0]], outline: [corner(-1, -1), corner(1, -1), corner(1, 1), corner(-1, 1)] };
}

/** Whether two parts would be in one place. Both outlines are convex: they are apart when some edge has all of one on its far side. */
export function collide(one: Box, other: Box): boolean {
  if (one.x[1] <= other.x[0] || other.x[1] <= one.x[0]) return false;
  return ![one.outline, other.outline].some((outline) =>
    edgesOf(outline).some((edge) => separates(edge, one.outline, other.outline)),
  );
}

/** Whether a part lies in the hollow of the enclosure, its wall's thickness from every face. */
export function isInside({ x, outline }: Box, { profile, widthMm, wallMm }: Layout): boolean {
  if (x[0] < wallMm || x[1] > widthMm - wallMm) return false;
  const faces = edgesOf(profile);
  return (
    outline.every((point) => isWithin(point, faces)) &&
    faces.every((face) => edgesOf(outline).every((edge) => distance(face, edge) >= wallMm - 0.01))
  );
}

type Edge = readonly [Point, Point];
const edgesOf = (outline: readonly Point[]): readonly Edge[] =>
  outline.map((point, index) => [point, outline[(index + 1) % outline.length] ?? point]);

function separates([[y1, z1], [y2, z2]]: Edge, one: readonly Point[], other: readonly Point[]): boolean {
  const along = (points: readonly Point[]) => points.map(([y, z]) => (z2 - z1) * y - (y2 - y1) * z);
  const [a, b] = [along(one), along(other)];
  return Math.max(...a) <= Math.min(...b) || Math.max(...b) <= Math.min(...a);
}

/** By the edges that a ray to the right crosses. */
const isWithin = ([y, z]: Point, faces: readonly Edge[]): boolean =>
  faces.filter(([[y1, z1], [y2, z2]]) => z1 > z !== z2 > z && y < y1 + ((z - z1) / (z2 - z1)) * (y2 - y1)).length % 2 === 1;

function distance(one: Edge, other: Edge): number {
  if (cross(one, other)) return 0;
  return Math.min(...one.map((point) => fromEdge(point, other)), ...other.map((point) => fromEdge(point, one)));
}

const side = ([[y1, z1], [y2, z2]]: Edge, [y, z]: Point) => Math.sign((y2 - y1) * (z - z1) - (z2 - z1) * (y - y1));
const cross = (one: Edge, other: Edge): boolean =>
  side(one, other[0]) !== side(one, other[1]) && side(other, one[0]) !== side(other, one[1]);

function fromEdge([y, z]: Point, [[y1, z1], [y2, z2]]: Edge): number {
  const [dy, dz] = [y2 - y1, z2 - z1];
  const along = Math.max(0, Math.min(1, ((y - y1) * dy + (z - z1) * dz) / (dy * dy + dz * dz)));
  return Math.hypot(y - y1 - along * dy, z - z1 - along * dz);
}
