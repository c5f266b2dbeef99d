import type { FaceBox } from './face-box.ts';

/** RGBA, as a canvas gives it. */
type Pixels = { readonly data: Uint8ClampedArray; readonly width: number; readonly height: number };

/** How the light falls in a small picture. Greys are means of 0…255; shares are parts of the pixels, 0…1. */
export type Light = {
  /** Of the face; of the picture's middle when there is none. */
  readonly grey: number;
  /** Blown-out pixels of the same place. */
  readonly white: number;
  /** Blown-out pixels beside and above the face. */
  readonly whiteAround: number;
};

/** A pixel from here up has no more detail in it: a window or a lamp, hardly a wall. */
const BLOWN_OUT = 250;

/** @param face in pixels of `picture`; without it the middle half of each side */
export function lightOf(picture: Pixels, face: FaceBox | undefined): Light {
  const { width, height } = picture;
  const place = face ?? { x: width / 4, y: height / 4, width: width / 2, height: height / 2 };
  const inside = sums();
  const around = sums();
  for (let y = 0; y < height; y += 2) {
    for (let x = 0; x < width; x += 2) {
      const dx = Math.abs(x - place.x - place.width / 2) / (place.width / 2);
      const dy = (y - place.y - place.height / 2) / (place.height / 2);
      // An ellipse in the box is skin; the rest of the box is hair and neck; below it is clothing.
      if (dx * dx + dy * dy < 0.6) inside.add(greyAt(picture, x, y));
      else if (dy < 1 && (dx > 1.3 || dy < -1.6)) around.add(greyAt(picture, x, y));
    }
  }
  return { grey: inside.mean(), white: inside.white(), whiteAround: around.white() };
}

/** Rec. 601 luma. */
function greyAt({ data, width }: Pixels, x: number, y: number): number {
  const at = 4 * (y * width + x);
  return 0.299 * (data[at] ?? 0) + 0.587 * (data[at + 1] ?? 0) + 0.114 * (data[at + 2] ?? 0);
}

function sums() {
  let [count, sum, white] = [0, 0, 0];
  return {
    add(grey: number) {
      count++;
      sum += grey;
      if (grey >= BLOWN_OUT) white++;
    },
    mean: () => (count === 0 ? 0 : sum / count),
    white: () => (count === 0 ? 0 : white / count),
  };
}
