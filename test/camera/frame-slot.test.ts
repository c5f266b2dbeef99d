import { expect, test } from 'vitest';
import { createFrameSlot } from '../../src/camera/frame-slot.ts';
import { createSimulatedClock } from '../simulated-clock.ts';

const picture = (value: number) => new Uint8Array(3).fill(value);
const wiped = picture(0);

test('the newest frame takes the waiting one’s place, with its infrared picture; the other is wiped', async () => {
  const slot = createFrameSlot(createSimulatedClock());
  const [first, firstInfrared, second, secondInfrared] = [1, 2, 3, 4].map(picture) as [
    Uint8Array,
    Uint8Array,
    Uint8Array,
    Uint8Array,
  ];
  slot.put(first, firstInfrared);
  slot.put(second, secondInfrared);
  expect([first, firstInfrared]).toEqual([wiped, wiped]);
  const { value } = await slot[Symbol.asyncIterator]().next();
  expect(value).toEqual({ jpeg: picture(3), infrared: picture(4), atMs: 0, sequence: 1 });
});

test('what waits at the end, and what comes after it, is wiped', () => {
  const slot = createFrameSlot(createSimulatedClock());
  const pictures = [5, 6, 7, 8].map(picture) as [Uint8Array, Uint8Array, Uint8Array, Uint8Array];
  slot.put(pictures[0], pictures[1]);
  slot.end();
  slot.put(pictures[2], pictures[3]);
  expect(pictures).toEqual([wiped, wiped, wiped, wiped]);
});
