/** What lies on a card's front when it comes to the counter: the same in every picture of that card. */
import type { GreyPicture } from '../../card/front/grey-picture.ts';

type Random = () => number;

/** Dark blots and pale scratches, anywhere. @param count of each @param sizePx of a blot, about */
export function dirt(picture: GreyPicture, count: number, sizePx: number, random: Random): void {
  const { width, height } = picture;
  for (let index = 0; index < count; index++) {
    blot(picture, random() * width, random() * height, sizePx * (0.4 + random()), 0.25 + 0.75 * random(), random);
    const [x, y, angle] = [random() * width, random() * height, random() * Math.PI];
    stroke(picture, { x, y, angle, length: 20 + 160 * random(), breadth: 1 + 2.5 * random(), grey: 225, strength: 0.5 });
  }
}

export type Area = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

/**
 * Short lines as dark and as broad as the print, or as pale as its ground, on what is read: a 3 may come to look like an
 * 8, an 8 like a 3. No other dirt is as likely to be taken for another digit.
 */
export function marks(picture: GreyPicture, areas: readonly Area[], count: number, random: Random): void {
  for (let index = 0; index < count; index++) {
    const area = areas[Math.floor(random() * areas.length)];
    if (!area) return;
    const [x, y] = [area.x + random() * area.width, area.y + random() * area.height];
    // Print has upright and level strokes more often than others.
    const angle = random() < 0.6 ? (Math.round(random() * 2) * Math.PI) / 2 : random() * Math.PI;
    const grey = random() < 0.6 ? 38 : 232;
    stroke(picture, { x, y, angle, length: 4 + 20 * random(), breadth: 2.5 + 3 * random(), grey, strength: 0.9 });
  }
}

/** Ink-like, of irregular outline. */
function blot(picture: GreyPicture, x: number, y: number, radius: number, strength: number, random: Random): void {
  const lobes = Array.from({ length: 5 }, () => ({ by: 0.5 * random(), turn: random() * 2 * Math.PI }));
  const reach = Math.ceil(radius * 2);
  for (let dy = -reach; dy <= reach; dy++) {
    for (let dx = -reach; dx <= reach; dx++) {
      const angle = Math.atan2(dy, dx);
      const outline = lobes.reduce((sum, { by, turn }, lobe) => sum + (by / 2) * Math.sin((lobe + 1) * angle + turn), 1);
      const inside = Math.min(1, Math.max(0, radius * outline - Math.hypot(dx, dy)));
      if (inside > 0) blend(picture, Math.round(x) + dx, Math.round(y) + dy, 45, inside * strength);
    }
  }
}

type Stroke = {
  readonly x: number;
  readonly y: number;
  readonly angle: number;
  readonly length: number;
  readonly breadth: number;
  readonly grey: number;
  readonly strength: number;
};

function stroke(picture: GreyPicture, { x, y, angle, length, breadth, grey, strength }: Stroke): void {
  const touched = new Set<number>();
  for (let along = 0; along < length; along += 0.5) {
    for (let across = -breadth / 2; across <= breadth / 2; across += 0.5) {
      const px = Math.round(x + along * Math.cos(angle) - across * Math.sin(angle));
      const py = Math.round(y + along * Math.sin(angle) + across * Math.cos(angle));
      const at = py * picture.width + px;
      if (!touched.has(at)) blend(picture, px, py, grey, strength);
      touched.add(at);
    }
  }
}

function blend({ data, width, height }: GreyPicture, x: number, y: number, grey: number, share: number): void {
  if (x < 0 || y < 0 || x >= width || y >= height) return;
  const at = y * width + x;
  data[at] = clamp((data[at] ?? 0) * (1 - share) + grey * share);
}

const clamp = (value: number): number => Math.max(0, Math.min(255, Math.round(value)));
