/** What a camera above the card's place sees of a card: where it lies, light, lens, sensor, JPEG. */
import sharp from 'sharp';
import { type GreyPicture, greyAt } from '../../card/front/grey-picture.ts';
import { addNoise } from './noise.ts';

const VIEW = { width: 1280, height: 720 } as const;

/** Angles in degrees, lengths in pixels of the view, light in grey levels. */
export type View = {
  /** The card's breadth in the view. */
  readonly cardPx: number;
  readonly shift: readonly [x: number, y: number];
  readonly turn: number;
  /** The camera's lean, to the side and forwards. */
  readonly tilt: readonly [across: number, down: number];
  /** Light at the left and at the right edge, 1 as it should be. */
  readonly light: readonly [left: number, right: number];
  readonly tray: number;
  /** A lamp's reflection: strength 0…1, and where. */
  readonly glare: { readonly strength: number; readonly x: number; readonly y: number; readonly radius: number };
  readonly blur: number;
  readonly noise: number;
  readonly jpegQuality: number;
};

/** Distance of the camera in breadths of the card: how strong perspective is. */
const DISTANCE = 2.2;
const CORNER_PX = 36;

/** One picture, JPEG; the sensor's noise is drawn anew for each. */
export async function takePicture(front: GreyPicture | undefined, view: View, random: () => number): Promise<Uint8Array> {
  const scene = new Uint8Array(VIEW.width * VIEW.height);
  for (let at = 0; at < scene.length; at++) scene[at] = tray(view.tray, at % VIEW.width, Math.floor(at / VIEW.width));
  if (front) layOn(scene, front, view);
  shade(scene, view.light);
  addGlare(scene, view.glare);
  const raw = { width: VIEW.width, height: VIEW.height, channels: 1 } as const;
  const lens = view.blur < 0.3 ? Buffer.from(scene) : await sharp(scene, { raw }).blur(view.blur).greyscale().raw().toBuffer();
  addNoise(lens, VIEW.width, view.noise, random);
  return Uint8Array.from(await sharp(lens, { raw }).greyscale().jpeg({ quality: view.jpegQuality }).toBuffer());
}

/** For each pixel of the view, the ray from the camera onto the leaning card. */
function layOn(scene: Uint8Array, front: GreyPicture, { cardPx, shift, turn, tilt }: View): void {
  const [sinTurn, cosTurn] = [Math.sin(radians(turn)), Math.cos(radians(turn))];
  const [leanX, leanY] = [Math.tan(radians(tilt[0])), Math.tan(radians(tilt[1]))];
  const scale = front.width / cardPx;
  const distance = DISTANCE * cardPx;
  for (let row = 0; row < VIEW.height; row++) {
    const dy = row - VIEW.height / 2 - shift[1];
    for (let column = 0; column < VIEW.width; column++) {
      const dx = column - VIEW.width / 2 - shift[0];
      const depth = (distance / (distance - leanX * dx - leanY * dy)) * scale;
      const x = (dx * cosTurn + dy * sinTurn) * depth + front.width / 2;
      const y = (dy * cosTurn - dx * sinTurn) * depth + front.height / 2;
      if (isOnCard(front, x, y)) scene[row * VIEW.width + column] = greyAt(front, x, y);
    }
  }
}

/** Its corners are round. */
function isOnCard({ width, height }: GreyPicture, x: number, y: number): boolean {
  if (x < 0 || y < 0 || x > width || y > height) return false;
  const fromX = Math.max(CORNER_PX - x, x - (width - CORNER_PX), 0);
  const fromY = Math.max(CORNER_PX - y, y - (height - CORNER_PX), 0);
  return fromX * fromX + fromY * fromY <= CORNER_PX * CORNER_PX;
}

/** Brushed: fine lines across. */
function tray(grey: number, x: number, y: number): number {
  return grey + ((y * 7) % 5) - ((x >> 6) % 3) * 2;
}

function shade(scene: Uint8Array, [left, right]: View['light']): void {
  for (let at = 0; at < scene.length; at++) {
    const light = left + (right - left) * ((at % VIEW.width) / VIEW.width);
    scene[at] = Math.min(255, (scene[at] ?? 0) * light);
  }
}

function addGlare(scene: Uint8Array, { strength, x, y, radius }: View['glare']): void {
  if (strength === 0) return;
  const reach = Math.ceil(radius * 2.5);
  for (let row = Math.max(0, Math.floor(y) - reach); row < Math.min(VIEW.height, y + reach); row++) {
    for (let column = Math.max(0, Math.floor(x) - reach); column < Math.min(VIEW.width, x + reach); column++) {
      const at = row * VIEW.width + column;
      const fall = Math.exp(-(((column - x) / radius) ** 2) - ((row - y) / radius) ** 2);
      scene[at] = Math.min(255, (scene[at] ?? 0) + 255 * strength * fall);
    }
  }
}

const radians = (degrees: number): number => (degrees * Math.PI) / 180;
