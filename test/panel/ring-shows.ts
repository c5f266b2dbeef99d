import type { Ring } from '../../src/panel/panel-messages.ts';
import type { Pixel } from '../firmware/panel/simulated/pixel-decoder.ts';

/** Darker than this a colour cannot be told. */
const DARK = 24;

/** Whether one picture of the ring can be of this effect: its colour, on all pixels alike or, where it goes round, not. */
export function shows(pixels: readonly Pixel[] | undefined, { effect, colour }: Pick<Ring, 'effect' | 'colour'>): boolean {
  if (pixels === undefined) return false;
  const brightest = pixels.reduce((best, pixel) => (sum(pixel) > sum(best) ? pixel : best));
  if (sum(brightest) < DARK || !sameColour(rgb(brightest), colour)) return false;
  const alike = pixels.every((pixel) => rgb(pixel).join() === rgb(brightest).join());
  return alike === (effect !== 'spin');
}

const rgb = ({ red, green, blue }: Pixel) => [red, green, blue] as const;
const sum = (pixel: Pixel) => rgb(pixel).reduce((all, level) => all + level, 0);

/** However bright: by each primary's part of the whole. */
function sameColour(one: readonly number[], other: readonly number[]): boolean {
  const [all, otherAll] = [one, other].map((levels) => levels.reduce((total, level) => total + level, 0));
  return one.every((level, index) => Math.abs(level / (all ?? 1) - (other[index] ?? 0) / (otherAll ?? 1)) < 0.06);
}
