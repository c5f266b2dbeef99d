import type { Picture } from './picture.ts';
import { between, type PlaneFormat, writePixel } from './pixel.ts';
import { sampleLevel } from './sample-level.ts';
import type { Similarity } from './similarity-map.ts';

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
