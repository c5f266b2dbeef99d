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

export type PlaneFormat = {
  readonly width: number;
  readonly height: number;
  /** Three planes are all of R, then G, then B; one plane is grey. */
  readonly planes: 1 | 3;
  /** Each value is (pixel − mean) / divisor; outside the picture it is 0. */
  readonly mean: number;
  readonly divisor: number;
};

/** Weights of R, G, B in grey (ITU-R BT.601). */
const LUMA = [0.299, 0.587, 0.114] as const;

/** Draws the target grid as a network takes it. A grey picture fills three planes alike. */
export function samplePlanes(source: Picture, map: Similarity, format: PlaneFormat): Float32Array {
  if (format.planes === 3) {
    const target = new Float32Array(3 * format.width * format.height);
    for (const plane of [0, 1, 2] as const) addPlane(target, plane, source, Math.min(plane, source.channels - 1), 1, map, format);
    return target;
  }
  const target = new Float32Array(format.width * format.height);
  if (source.channels === 1) addPlane(target, 0, source, 0, 1, map, format);
  else for (const channel of [0, 1, 2] as const) addPlane(target, 0, source, channel, LUMA[channel], map, format);
  return target;
}

/**
 * One bilinear sample covers two source pixels each way, so a target pixel takes the mean of n × n samples when it
 * covers more: shrinking further without would fold fine detail into false patterns.
 */
function addPlane(
  target: Float32Array,
  plane: number,
  source: Picture,
  channel: number,
  share: number,
  map: Similarity,
  format: PlaneFormat,
): void {
  const steps = Math.max(1, Math.ceil(Math.hypot(map.a, map.b) / 2 - 0.01));
  const weight = share / (steps * steps * format.divisor);
  let index = plane * format.width * format.height;
  for (let y = 0; y < format.height; y++) {
    for (let x = 0; x < format.width; x++, index++) {
      let sum = 0;
      for (let row = 0; row < steps; row++) {
        const gridY = y + (row + 0.5) / steps;
        for (let column = 0; column < steps; column++) {
          const gridX = x + (column + 0.5) / steps;
          const sourceX = map.a * gridX - map.b * gridY + map.tx - 0.5;
          const sourceY = map.b * gridX + map.a * gridY + map.ty - 0.5;
          sum += bilinear(source, channel, sourceX, sourceY, format.mean) - format.mean;
        }
      }
      target[index] = (target[index] as number) + sum * weight;
    }
  }
}

/** The value between pixel centres, or `outside`. */
function bilinear({ data, width, height, channels }: Picture, channel: number, x: number, y: number, outside: number): number {
  if (x < -0.5 || y < -0.5 || x > width - 0.5 || y > height - 0.5) return outside;
  const left = Math.min(Math.max(Math.floor(x), 0), width - 2);
  const top = Math.min(Math.max(Math.floor(y), 0), height - 2);
  const right = Math.min(Math.max(x - left, 0), 1);
  const down = Math.min(Math.max(y - top, 0), 1);
  const above = (top * width + left) * channels + channel;
  const below = above + width * channels;
  const upper = (data[above] as number) * (1 - right) + (data[above + channels] as number) * right;
  const lower = (data[below] as number) * (1 - right) + (data[below + channels] as number) * right;
  return upper * (1 - down) + lower * down;
}
