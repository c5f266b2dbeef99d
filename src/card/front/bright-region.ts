import type { GreyPicture } from './grey-picture.ts';

/** The largest bright thing in a picture: 1 within, 0 without. */
export type Region = {
  readonly mask: Int32Array;
  readonly width: number;
  readonly height: number;
  readonly pixels: number;
};

/** Each pixel the mean of `factor` × `factor`. */
export function shrink({ data, width, height }: GreyPicture, factor: number): GreyPicture {
  const small = { width: Math.floor(width / factor), height: Math.floor(height / factor) };
  const means = new Uint8Array(small.width * small.height);
  for (let y = 0; y < small.height; y++) {
    for (let x = 0; x < small.width; x++) {
      let sum = 0;
      for (let row = 0; row < factor; row++) {
        const at = (y * factor + row) * width + x * factor;
        for (let column = 0; column < factor; column++) sum += data[at + column] ?? 0;
      }
      means[y * small.width + x] = sum / (factor * factor);
    }
  }
  return { data: means, ...small };
}

/** Neighbouring pixels above Otsu's threshold, the most that hang together. */
export function largestBrightRegion({ data, width, height }: GreyPicture): Region {
  const threshold = otsuThreshold(data);
  const labels = new Int32Array(data.length);
  /** Pixels whose neighbours are still to be looked at. */
  const waiting = new Int32Array(data.length);
  let best = { label: 0, pixels: 0 };
  for (let seed = 0, label = 0; seed < data.length; seed++) {
    if ((data[seed] ?? 0) <= threshold || labels[seed] !== 0) continue;
    const pixels = flood(seed, ++label);
    if (pixels > best.pixels) best = { label, pixels };
  }
  return { mask: labels.map((label) => (label === best.label ? 1 : 0)), width, height, pixels: best.pixels };

  function flood(seed: number, label: number): number {
    let [open, pixels] = [0, 0];
    reach(seed, label);
    while (open > 0) {
      const at = waiting[--open] ?? 0;
      const x = at % width;
      pixels++;
      if (x > 0) reach(at - 1, label);
      if (x < width - 1) reach(at + 1, label);
      if (at >= width) reach(at - width, label);
      if (at + width < data.length) reach(at + width, label);
    }
    return pixels;

    function reach(at: number, as: number): void {
      if (labels[at] !== 0 || (data[at] ?? 0) <= threshold) return;
      labels[at] = as;
      waiting[open++] = at;
    }
  }
}

/** The grey level that parts a picture best into dark and bright (Otsu, 1979). */
function otsuThreshold(data: Uint8Array): number {
  const histogram = new Uint32Array(256);
  for (const grey of data) histogram[grey] = (histogram[grey] ?? 0) + 1;
  const total = data.reduce((sum, grey) => sum + grey, 0);
  let best = { threshold: 0, variance: -1 };
  let below = 0;
  let belowSum = 0;
  for (let threshold = 0; threshold < 256; threshold++) {
    below += histogram[threshold] ?? 0;
    belowSum += threshold * (histogram[threshold] ?? 0);
    const above = data.length - below;
    if (below === 0 || above === 0) continue;
    const variance = below * above * (belowSum / below - (total - belowSum) / above) ** 2;
    if (variance > best.variance) best = { threshold, variance };
  }
  return best.threshold;
}
