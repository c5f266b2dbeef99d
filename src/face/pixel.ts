/** What the two ways of sampling a picture share. Small enough that the compiler puts them into the callers' loops. */

export type PlaneFormat = {
  readonly width: number;
  readonly height: number;
  /** Three planes are all of R, then G, then B; one plane is grey. */
  readonly planes: 1 | 3;
  /** Each value is (pixel − mean) / divisor; outside the picture it is 0. */
  readonly mean: number;
  readonly divisor: number;
};

/** The value between four neighbours of one channel: `right` and `down` (0…1) from the one at `above`, `next` bytes apart. */
export function between(data: Uint8Array, above: number, below: number, next: number, right: number, down: number): number {
  const aboveLeft = data[above] as number;
  const belowLeft = data[below] as number;
  const upper = aboveLeft + ((data[above + next] as number) - aboveLeft) * right;
  const lower = belowLeft + ((data[below + next] as number) - belowLeft) * right;
  return upper + (lower - upper) * down;
}

/** Puts one pixel into its planes; grey is weighted as ITU-R BT.601 says. */
export function writePixel(
  target: Float32Array,
  index: number,
  { planes, width, height }: PlaneFormat,
  red: number,
  green: number,
  blue: number,
): void {
  if (planes === 1) {
    target[index] = 0.299 * red + 0.587 * green + 0.114 * blue;
    return;
  }
  const plane = width * height;
  target[index] = red;
  target[index + plane] = green;
  target[index + 2 * plane] = blue;
}
