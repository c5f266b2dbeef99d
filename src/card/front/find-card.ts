/**
 * The card in a camera's picture: a bright thing of ID-1's shape on the darker tray, lying lengthwise, turned by some
 * degrees at most, wholly in the picture. Roughly by its brightness, then each edge anew to fractions of a pixel.
 */
import { largestBrightRegion, type Region, shrink } from './bright-region.ts';
import type { Corners, Point } from './card-map.ts';
import { type EdgeLine, type EdgePoint, fitEdge } from './edge-line.ts';
import { ID1 } from './front-design.ts';
import { type GreyPicture, greyAt } from './grey-picture.ts';

const SHRINK = 4;
/** A card fills less of the picture only when its print is too small to be read. */
const MIN_SHARE = 0.12;
const MIN_WIDTH_PX = 6 * ID1.widthMm;
const ASPECT = ID1.widthMm / ID1.heightMm;
const ASPECT_TOLERANCE = 0.1;
const SIDES_TOLERANCE = 0.15;
/** How far the rough edge may be off. */
const SEARCH_PX = 10;
/** How straight a sharp edge is. */
const SHARP_PX = 1.5;
const STEPS = 90;
const MIN_CONTRAST = 12;

/** `left` and `right` are x over y, `top` and `bottom` y over x. */
type Sides = Readonly<Record<'left' | 'right' | 'top' | 'bottom', EdgeLine>>;

/** Its corners as it lies in the picture; it may be upside down. Undefined when there is no card to be seen whole. */
export function findCard(picture: GreyPicture): Corners | undefined {
  const small = shrink(picture, SHRINK);
  const region = largestBrightRegion(small);
  small.data.fill(0);
  if (region.pixels < MIN_SHARE * region.mask.length) return undefined;
  const rough = roughSides(region);
  const sides = rough && sharpSides(picture, rough);
  const corners = sides && cornersOf(sides);
  return corners && hasCardShape(corners) && corners.every((corner) => lies(corner, picture)) ? corners : undefined;
}

function roughSides(region: Region): Sides | undefined {
  const { mask, width, height } = region;
  const inside = (x: number, y: number) => mask[y * width + x] === 1;
  const rows = ends(height, width, (y, x) => inside(x, y));
  const columns = ends(width, height, (x, y) => inside(x, y));
  return fitSides(
    {
      left: rows.map(({ u, first }) => inPicture(u, first - 0.5)),
      right: rows.map(({ u, last }) => inPicture(u, last + 0.5)),
      top: columns.map(({ u, first }) => inPicture(u, first - 0.5)),
      bottom: columns.map(({ u, last }) => inPicture(u, last + 0.5)),
    },
    SHRINK,
  );
}

const inPicture = (u: number, v: number): EdgePoint => ({ u: (u + 0.5) * SHRINK - 0.5, v: (v + 0.5) * SHRINK - 0.5 });

/** For each of the middle lines of the region, its first and last pixel: a turned card's ends belong to other sides. */
function ends(lines: number, length: number, inside: (line: number, at: number) => boolean) {
  const found: { u: number; first: number; last: number }[] = [];
  for (let u = 0; u < lines; u++) {
    let first = 0;
    while (first < length && !inside(u, first)) first++;
    if (first === length) continue;
    let last = length - 1;
    while (!inside(u, last)) last--;
    found.push({ u, first, last });
  }
  return found.slice(Math.floor(found.length * 0.25), Math.ceil(found.length * 0.75));
}

/** Along each rough edge, where tray turns into card most steeply. */
function sharpSides(picture: GreyPicture, rough: Sides): Sides | undefined {
  const [topLeft, topRight, bottomRight, bottomLeft] = cornersOf(rough);
  const across = (x: number, y: number) => greyAt(picture, x, y);
  const down = (y: number, x: number) => greyAt(picture, x, y);
  return fitSides(
    {
      left: steepest(down, rough.left, topLeft.y, bottomLeft.y, 1),
      right: steepest(down, rough.right, topRight.y, bottomRight.y, -1),
      top: steepest(across, rough.top, topLeft.x, topRight.x, 1),
      bottom: steepest(across, rough.bottom, bottomLeft.x, bottomRight.x, -1),
    },
    SHARP_PX,
  );
}

/** @param inwards the direction of v that leads into the card */
function steepest(
  grey: (u: number, v: number) => number,
  { offset, slope }: EdgeLine,
  from: number,
  to: number,
  inwards: 1 | -1,
): EdgePoint[] {
  const points: EdgePoint[] = [];
  for (let step = 0; step < STEPS; step++) {
    const u = from + (to - from) * (0.08 + (0.84 * step) / (STEPS - 1));
    const edge = offset + slope * u;
    const rise = (t: number) => (grey(u, edge + t + 1.5) - grey(u, edge + t - 1.5)) * inwards;
    let best = { at: 0, rise: MIN_CONTRAST };
    for (let at = -SEARCH_PX; at <= SEARCH_PX; at++) {
      const here = rise(at);
      if (here > best.rise) best = { at, rise: here };
    }
    if (best.rise === MIN_CONTRAST) continue;
    const [before, after] = [rise(best.at - 1), rise(best.at + 1)];
    const curvature = before - 2 * best.rise + after;
    const shift = curvature < 0 ? Math.max(-0.5, Math.min(0.5, (before - after) / (2 * curvature))) : 0;
    points.push({ u, v: edge + best.at + shift });
  }
  return points;
}

function fitSides(points: Readonly<Record<keyof Sides, readonly EdgePoint[]>>, tolerancePx: number): Sides | undefined {
  const [left, right, top, bottom] = (['left', 'right', 'top', 'bottom'] as const).map((side) =>
    fitEdge(points[side], tolerancePx),
  );
  return left && right && top && bottom && { left, right, top, bottom };
}

function cornersOf({ left, right, top, bottom }: Sides): Corners {
  return [meet(left, top), meet(right, top), meet(right, bottom), meet(left, bottom)];
}

/** @param upright x over y @param level y over x */
function meet(upright: EdgeLine, level: EdgeLine): Point {
  const x = (upright.offset + upright.slope * level.offset) / (1 - upright.slope * level.slope);
  return { x, y: level.offset + level.slope * x };
}

function hasCardShape([topLeft, topRight, bottomRight, bottomLeft]: Corners): boolean {
  const [top, bottom] = [length(topLeft, topRight), length(bottomLeft, bottomRight)];
  const [left, right] = [length(topLeft, bottomLeft), length(topRight, bottomRight)];
  const alike = (a: number, b: number, tolerance: number) => Math.abs(a / b - 1) <= tolerance;
  return (
    top >= MIN_WIDTH_PX &&
    alike(top, bottom, SIDES_TOLERANCE) &&
    alike(left, right, SIDES_TOLERANCE) &&
    alike((top + bottom) / (left + right), ASPECT, ASPECT_TOLERANCE)
  );
}

const length = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y);

const lies = ({ x, y }: Point, { width, height }: GreyPicture): boolean => x > 0 && y > 0 && x < width - 1 && y < height - 1;
