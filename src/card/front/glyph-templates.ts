/** What the characters of a design look like to a camera, made for comparing by two methods that see different things. */
import sharp from 'sharp';
import type { FrontDesign } from './front-design.ts';

/** A cell as it is looked at, in pixels: the 14 × 20 of its drawing, half as large again. */
export const CELL = { width: 21, height: 30 } as const;

/** Softness of a camera's picture at this scale. */
const BLUR_PX = 0.9;
/** Gradients of grey levels below this say nothing. */
const FLAT = 6;

/** One value a pixel of a cell, so that the sum of the products of two that are alike is 1. */
export type Shape = Float32Array;

export type Template = {
  readonly character: string;
  /** Grey levels without their mean: how much ink is where. */
  readonly ink: Shape;
  /** Directions of the strokes' edges, weighed by their strength: x, then y. */
  readonly edges: readonly [Shape, Shape];
};

export type Templates = ReadonlyMap<string, Template>;

export async function drawTemplates({ glyphs, strokeWidth }: FrontDesign): Promise<Templates> {
  const drawn = await Promise.all(
    Object.entries(glyphs).map(async ([character, path]) => {
      const svg =
        `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 14 20" width="${CELL.width}" height="${CELL.height}">` +
        '<rect width="14" height="20" fill="#fff"/>' +
        `<path d="${path}" fill="none" stroke="#000" stroke-width="${strokeWidth}" stroke-linecap="round" stroke-linejoin="round"/></svg>`;
      const grey = await sharp(Buffer.from(svg)).greyscale().blur(BLUR_PX).raw().toBuffer();
      const picture = Float32Array.from(grey);
      return { character, ink: inkOf(picture), edges: strongEdges(picture) };
    }),
  );
  return new Map(drawn.map((template) => [template.character, template]));
}

/** Of one cell's grey levels. */
function inkOf(grey: Shape): Shape {
  const mean = grey.reduce((sum, value) => sum + value, 0) / grey.length;
  return ofLengthOne(grey.map((value) => value - mean));
}

/** Which way grey rises in each pixel, as a vector of length one; none where it is flat. x, then y. */
export function edgesOf(grey: Shape): readonly [Shape, Shape] {
  const [across, down] = gradients(grey);
  for (let at = 0; at < grey.length; at++) {
    const strength = Math.hypot(across[at] ?? 0, down[at] ?? 0) + FLAT;
    across[at] = (across[at] ?? 0) / strength;
    down[at] = (down[at] ?? 0) / strength;
  }
  return [across, down];
}

/** The template's share of it: strength included, so that the middle of an edge counts most. */
function strongEdges(grey: Shape): readonly [Shape, Shape] {
  const [across, down] = gradients(grey);
  const strengths = across.map((value, at) => Math.hypot(value, down[at] ?? 0));
  // Against vectors of length one in the same directions the sum of products is then 1.
  const total = strengths.reduce((sum, value) => sum + value, 0) || 1;
  return [across.map((value) => value / total), down.map((value) => value / total)];
}

function gradients(grey: Shape): [Shape, Shape] {
  const across = new Float32Array(grey.length);
  const down = new Float32Array(grey.length);
  for (let y = 1; y < CELL.height - 1; y++) {
    for (let x = 1; x < CELL.width - 1; x++) {
      const at = y * CELL.width + x;
      across[at] = (grey[at + 1] ?? 0) - (grey[at - 1] ?? 0);
      down[at] = (grey[at + CELL.width] ?? 0) - (grey[at - CELL.width] ?? 0);
    }
  }
  return [across, down];
}

function ofLengthOne(values: Shape): Shape {
  const length = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0)) || 1;
  return values.map((value) => value / length);
}
