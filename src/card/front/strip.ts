import type { CardMap } from './card-map.ts';
import type { PrintedField } from './front-design.ts';
import { CELL, type Shape, type Template } from './glyph-templates.ts';
import { type GreyPicture, greyAt } from './grey-picture.ts';

/** How far print and card's edge may be apart, in pixels of a cell: about 0.8 mm. */
const SEARCH_PX = 8;
const STEP_PX = 2;
/** How far a cell may stand off its row. */
const OWN_PX = 1;

/** A printed row as it lies in the picture, at the scale of the templates, with a margin to search in. */
export type Strip = { readonly grey: Float32Array; readonly width: number };

/** Of a cell within a strip. */
export type Place = { readonly left: number; readonly top: number };

export function cutStrip(picture: GreyPicture, map: CardMap, field: PrintedField): Strip {
  const width = field.cells.length * CELL.width + 2 * SEARCH_PX;
  const height = CELL.height + 2 * SEARCH_PX;
  const grey = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    const yMm = field.yMm + ((y + 0.5 - SEARCH_PX) * field.cellHeightMm) / CELL.height;
    for (let x = 0; x < width; x++) {
      const point = map(field.xMm + ((x + 0.5 - SEARCH_PX) * field.cellWidthMm) / CELL.width, yMm);
      grey[y * width + x] = greyAt(picture, point.x, point.y);
    }
  }
  return { grey, width };
}

/**
 * Where the whole row fits best, one cell beside the other, and how well: the mean of each cell's best correlation.
 * @param allowed for each cell the characters that can stand there; none for one that is not read
 */
export function placeRow(strip: Strip, allowed: readonly (readonly Template[])[]): { first: Place; fit: number } {
  const places: Place[] = [];
  for (let top = 0; top <= 2 * SEARCH_PX; top += STEP_PX) {
    for (let left = 0; left <= 2 * SEARCH_PX; left += STEP_PX) places.push({ left, top });
  }
  const rough = bestOf(places, (place) => fitOfRow(strip, place, allowed, 2));
  return bestOf(around(rough.first, STEP_PX - 1), (place) => fitOfRow(strip, place, allowed, 1));
}

function bestOf(places: readonly Place[], fitOf: (place: Place) => number): { first: Place; fit: number } {
  return places.map((first) => ({ first, fit: fitOf(first) })).reduce((best, each) => (each.fit > best.fit ? each : best));
}

/** Where one cell fits best: it may stand off its row a little. */
export function placeCell(strip: Strip, place: Place, templates: readonly Template[]): Place {
  return bestOf(around(place, OWN_PX), ({ left, top }) => bestCorrelation(strip, left, top, templates, 1)).first;
}

/** The places up to `by` pixels away that lie in a strip. */
function around({ left, top }: Place, by: number): Place[] {
  const places: Place[] = [];
  for (let y = Math.max(0, top - by); y <= Math.min(2 * SEARCH_PX, top + by); y++) {
    for (let x = Math.max(0, left - by); x <= left + by; x++) places.push({ left: x, top: y });
  }
  return places;
}

/** One cell's grey levels, to be wiped. */
export function cellAt({ grey, width }: Strip, { left, top }: Place): Shape {
  const cell = new Float32Array(CELL.width * CELL.height);
  for (let y = 0; y < CELL.height; y++) {
    const from = (top + y) * width + left;
    cell.set(grey.subarray(from, from + CELL.width), y * CELL.width);
  }
  return cell;
}

/** @param step looks at every so many pixels only, each way */
function fitOfRow(strip: Strip, { left, top }: Place, allowed: readonly (readonly Template[])[], step: number): number {
  let sum = 0;
  let cells = 0;
  for (const [cell, templates] of allowed.entries()) {
    if (templates.length === 0) continue;
    sum += bestCorrelation(strip, left + cell * CELL.width, top, templates, step);
    cells++;
  }
  return sum / cells;
}

/** −1…1 */
function bestCorrelation(
  { grey, width }: Strip,
  left: number,
  top: number,
  templates: readonly Template[],
  step: number,
): number {
  let [count, sum, squares] = [0, 0, 0];
  for (let y = 0; y < CELL.height; y += step) {
    for (let x = 0; x < CELL.width; x += step) {
      const value = grey[(top + y) * width + left + x] ?? 0;
      count++;
      sum += value;
      squares += value * value;
    }
  }
  const mean = sum / count;
  let best = 0;
  for (const { ink } of templates) {
    let product = 0;
    for (let y = 0; y < CELL.height; y += step) {
      const row = (top + y) * width + left;
      for (let x = 0; x < CELL.width; x += step) product += ((grey[row + x] ?? 0) - mean) * (ink[y * CELL.width + x] ?? 0);
    }
    best = Math.max(best, product);
  }
  // Every so many pixels carry about that share of the template's own length, which is 1.
  return (best * step) / Math.sqrt(squares - sum * mean || 1);
}
