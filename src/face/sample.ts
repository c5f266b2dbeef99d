import type { Picture, Point } from './picture.ts';
import { between, writePixel } from './pixel.ts';
import { sampleLevel } from './sample-level.ts';

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

export type PlaneFormat = {
  readonly width: number;
  readonly height: number;
  /** Three planes are all of R, then G, then B; one plane is grey. */
  readonly planes: 1 | 3;
  /** Each value is (pixel − mean) / divisor; outside the picture it is 0. */
  readonly mean: number;
  readonly divisor: number;
};

/**
 * Draws the target grid as a network takes it. A grey picture fills three planes alike.
 *
 * One bilinear sample covers two source pixels each way, so a target pixel takes the mean of n × n samples when it
 * covers more: shrinking further without would fold fine detail into false patterns.
 */
export function samplePlanes(source: Picture, map: Similarity, format: PlaneFormat): Float32Array {
  const target = new Float32Array(format.planes * format.width * format.height);
  const steps = Math.max(1, Math.ceil(Math.hypot(map.a, map.b) / 2 - 0.01));
  if (map.b === 0) sampleLevel(target, source, map, format, steps);
  else sampleTurned(target, source, map, format, steps);
  return target;
}

function sampleTurned(target: Float32Array, source: Picture, map: Similarity, format: PlaneFormat, steps: number): void {
  const { data, width, height, channels } = source;
  const { mean } = format;
  const line = width * channels;
  const a = map.a / steps;
  const b = map.b / steps;
  const startX = map.tx + (a - b - 1) / 2;
  const startY = map.ty + (a + b - 1) / 2;
  const weight = 1 / (steps * steps * format.divisor);
  let pixel = 0;
  for (let y = 0; y < format.height; y++) {
    for (let x = 0; x < format.width; x++, pixel++) {
      let red = 0;
      let green = 0;
      let blue = 0;
      for (let row = y * steps; row < (y + 1) * steps; row++) {
        for (let column = x * steps; column < (x + 1) * steps; column++) {
          const sourceX = startX + a * column - b * row;
          const sourceY = startY + b * column + a * row;
          if (sourceX < -0.5 || sourceY < -0.5 || sourceX > width - 0.5 || sourceY > height - 0.5) continue;
          const left = Math.min(Math.trunc(sourceX), width - 2);
          const top = Math.min(Math.trunc(sourceY), height - 2);
          const right = Math.min(Math.max(sourceX - left, 0), 1);
          const down = Math.min(Math.max(sourceY - top, 0), 1);
          const above = top * line + left * channels;
          const below = above + line;
          red += between(data, above, below, channels, right, down) - mean;
          if (channels === 1) continue;
          green += between(data, above + 1, below + 1, channels, right, down) - mean;
          blue += between(data, above + 2, below + 2, channels, right, down) - mean;
        }
      }
      if (channels === 1) green = blue = red;
      writePixel(target, pixel, format, red * weight, green * weight, blue * weight);
    }
  }
}
