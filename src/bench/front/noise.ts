import { seededRandom } from '../../setup/seeded-random.mjs';

const LENGTH = 1 << 16;

/** Near enough to normal, of deviation 1: the sum of three even draws. Drawn once, since there are a million pixels. */
const noise = (() => {
  const random = seededRandom('noise');
  return Float32Array.from({ length: LENGTH }, () => (random() + random() + random() - 1.5) * 2);
})();

/** Adds noise of that deviation, in grey levels; each row takes up the draws at another place. */
export function addNoise(pixels: Uint8Array, width: number, deviation: number, random: () => number): void {
  for (let row = 0; row < pixels.length; row += width) {
    const from = Math.floor(random() * LENGTH);
    for (let column = 0; column < width; column++) {
      const grey = (pixels[row + column] ?? 0) + (noise[(from + column) & (LENGTH - 1)] ?? 0) * deviation;
      pixels[row + column] = Math.max(0, Math.min(255, Math.round(grey)));
    }
  }
}
