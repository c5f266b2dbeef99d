import type { Picture } from '../../src/face/picture.ts';
import type { PlaneFormat } from '../../src/face/pixel.ts';
import { carry, type Similarity } from '../../src/face/similarity-map.ts';

const LUMA = [0.299, 0.587, 0.114] as const;

/** What `samplePlanes` gives, written to be read: every plane, pixel, sample and neighbour by itself. */
export function samplePlainly(source: Picture, map: Similarity, format: PlaneFormat): Float32Array {
  const { width, height, planes, mean, divisor } = format;
  const channel = (x: number, y: number, index: number) => (meanOfSamples(source, map, x, y, index, mean) - mean) / divisor;
  const values: number[] = [];
  for (let plane = 0; plane < planes; plane++) {
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        if (source.channels === 1) values.push(channel(x, y, 0));
        else if (planes === 3) values.push(channel(x, y, plane));
        else values.push(LUMA.reduce((sum, share, index) => sum + share * channel(x, y, index), 0));
      }
    }
  }
  return Float32Array.from(values);
}

function meanOfSamples(source: Picture, map: Similarity, x: number, y: number, channel: number, outside: number): number {
  const steps = Math.max(1, Math.ceil(Math.hypot(map.a, map.b) / 2 - 0.01));
  const samples: number[] = [];
  for (let row = 0; row < steps; row++) {
    for (let column = 0; column < steps; column++) {
      const [sourceX, sourceY] = carry(map, [x + (column + 0.5) / steps, y + (row + 0.5) / steps]);
      samples.push(valueAt(source, sourceX, sourceY, channel, outside));
    }
  }
  return samples.reduce((sum, value) => sum + value, 0) / samples.length;
}

/** Bilinear between the four pixels whose middles lie around the place; the outermost half pixel repeats its pixel. */
function valueAt({ data, width, height, channels }: Picture, x: number, y: number, channel: number, outside: number): number {
  if (x < 0 || y < 0 || x > width || y > height) return outside;
  const [column, row] = [clamp(x - 0.5, width - 1), clamp(y - 0.5, height - 1)];
  const near = (middle: number, at: number) => Math.max(0, 1 - Math.abs(middle - at));
  let value = 0;
  for (let atY = Math.floor(row); atY <= Math.min(Math.floor(row) + 1, height - 1); atY++) {
    for (let atX = Math.floor(column); atX <= Math.min(Math.floor(column) + 1, width - 1); atX++) {
      value += near(atX, column) * near(atY, row) * (data[(atY * width + atX) * channels + channel] as number);
    }
  }
  return value;
}

const clamp = (value: number, most: number) => Math.min(Math.max(value, 0), most);
