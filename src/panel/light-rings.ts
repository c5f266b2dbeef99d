/**
 * What the ring shows for each light. No two move alike, so that nothing is told by colour alone; none is red; nothing
 * flashes more than once a second. A panel without its reader breathes amber by itself: no light here does that.
 */
import type { Light } from '../faults/catalogue.ts';
import type { Ring } from './panel-messages.ts';

const white = [90, 85, 75] as const;
const blue = [0, 60, 255] as const;
const cyan = [0, 140, 200] as const;
const green = [0, 200, 60] as const;
const violet = [120, 40, 200] as const;
const amber = [255, 140, 0] as const;

export const rings: Readonly<Record<Light, Ring>> = {
  ready: { effect: 'breathe', colour: white, periodMs: 6_000 },
  busy: { effect: 'spin', colour: blue, periodMs: 1_500 },
  'your-turn': { effect: 'blink', colour: cyan, periodMs: 1_000 },
  success: { effect: 'steady', colour: green, periodMs: 1_000 },
  help: { effect: 'breathe', colour: violet, periodMs: 1_500 },
  attention: { effect: 'spin', colour: amber, periodMs: 5_000 },
};
