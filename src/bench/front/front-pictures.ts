import { seededRandom } from '../../setup/seeded-random.mjs';
import { takePicture } from './camera-view.ts';
import type { Condition } from './condition.ts';
import { drawFront, type FrontPrint, readAreas } from './draw-front.ts';
import { addNoise } from './noise.ts';
import { dirt, marks } from './wear.ts';

/**
 * Pictures of one front in one condition, JPEG, drawn as they are asked for: print and dirt are the same in each, the
 * hand's shake and the sensor's noise are not.
 * @param print undefined: a card that is no My Number card
 */
export async function* picturesOfFront(
  print: FrontPrint | undefined,
  condition: Condition,
  seed: string,
): AsyncGenerator<Uint8Array, never> {
  const random = seededRandom(seed);
  const front = await drawFront(print, condition.inkSpread);
  addNoise(front.data, front.width, condition.grain, random);
  dirt(front, condition.dirt.count, condition.dirt.sizePx, random);
  marks(front, readAreas, condition.marks, random);
  const { view } = condition;
  const shake = () => 3 * (random() - 0.5);
  for (;;) {
    const shift = [view.shift[0] + shake(), view.shift[1] + shake()] as const;
    const glare = { ...view.glare, x: view.glare.x + 2 * shake(), y: view.glare.y + 2 * shake() };
    yield await takePicture(front, { ...view, shift, glare, turn: view.turn + shake() / 10 }, random);
  }
}

/** The tray with nothing on it. */
export function emptyTray({ view }: Condition, seed: string): Promise<Uint8Array> {
  return takePicture(undefined, view, seededRandom(seed));
}
