/** The challenge by itself: what it takes for a turn of the head, and what breaks it. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CHALLENGE, createChallenge, drawSide, type Progress, type Side, sideFor } from '../../src/face/challenge.ts';
import type { Glimpse } from '../../src/face/track.ts';

const FRAME_MS = 100;
const box = { x: 200, y: 120, width: 200, height: 200 };
/** A template of length 1 whose similarity to the person's frontal one is `cosine`. */
const looking = (cosine = 1) => Float32Array.of(cosine, Math.sqrt(1 - cosine ** 2));
const seen = (turn: number, change: Partial<Glimpse> = {}): Glimpse => ({
  template: looking(),
  box,
  turn,
  eyes: [70, 0],
  down: [0, 80],
  ...change,
});
const front = [seen(0), seen(0.01), seen(-0.01)];
const person = { portrait: looking(0.6), front, startMs: 0 };

/** A row of frames; the last one's answer. */
function watch(side: Side, glimpses: readonly Glimpse[], frameMs = FRAME_MS): Progress {
  const challenge = createChallenge({ ...person, side });
  for (const [index, glimpse] of glimpses.entries()) {
    const progress = challenge.see(glimpse, index * frameMs);
    if (progress !== 'going-on') return progress;
  }
  return 'going-on';
}
const turning = (to: number, steps = 5) =>
  Array.from({ length: steps + 2 }, (_, index) => seen((to * Math.min(index, steps)) / steps));

describe('a turn of the head', () => {
  test('to the side that was asked for passes, to the other one never', () => {
    fc.assert(
      fc.property(fc.constantFrom<Side>('left', 'right'), fc.double({ min: -0.5, max: 0.5, noNaN: true }), (side, to) => {
        const towards = side === 'left' ? to : -to;
        expect(watch(side, [seen(0), seen(0), ...turning(to)])).toBe(towards >= CHALLENGE.turn ? 'passed' : 'going-on');
      }),
    );
  });

  test('counts from where the head was at the start', () => {
    const held = (turn: number) => [seen(turn), seen(turn), seen(turn), seen(turn)];
    expect(watch('left', held(0.2))).toBe('going-on');
    expect(watch('left', [...held(-0.2), seen(-0.1), seen(0), seen(0)])).toBe('passed');
  });

  test('of one frame alone is none', () => {
    expect(
      watch(
        'left',
        [0, 0, 0, 0.08, 0.18, 0.08, 0.18, 0.08].map((turn) => seen(turn)),
      ),
    ).toBe('going-on');
  });

  test('whose way there is not seen does not count, and the next one may', () => {
    const jump = () => [0, 0, 0, 0, 0.3, 0.3, 0.3].map((turn) => seen(turn));
    expect(watch('left', jump())).toBe('going-on');
    expect(watch('left', [...jump(), seen(0), ...turning(0.3)])).toBe('passed');
  });

  test('at three frames a second, as a slow board sees it, still counts', () => {
    expect(
      watch(
        'left',
        [0, 0, 0, 0.01, 0.14, 0.3, 0.31].map((turn) => seen(turn)),
        333,
      ),
    ).toBe('passed');
  });

  test('does not count while the face looks much narrower: that is how a flat picture turns', () => {
    const flat = turning(0.3).map(
      (glimpse, index): Glimpse => (index < 3 ? glimpse : { ...glimpse, eyes: [70 / (CHALLENGE.maxSqueeze + 0.05), 0] }),
    );
    expect(watch('left', flat)).toBe('going-on');
  });
});

describe('broken, so that all begins anew, by', () => {
  const begun = () => [seen(0), seen(0.05)];
  const breaks: readonly [string, Glimpse][] = [
    ['a face that is not that of the portrait', seen(0.1, { template: looking(-0.6) })],
    ['a face unlike the frames that matched', seen(0.1, { template: looking(CHALLENGE.sameAsFront - 0.05) })],
    ['another photograph of the same person', seen(0.1, { template: looking(CHALLENGE.sameAsLast - 0.05) })],
    ['a face that jumps', seen(0.1, { box: { ...box, x: 330 } })],
  ];
  test.each(breaks)('%s', (_, glimpse) => {
    expect(watch('left', begun())).toBe('going-on');
    expect(watch('left', [...begun(), glimpse])).toBe('broken');
  });

  test('a first frame elsewhere, or hardly like the last that matched', () => {
    expect(watch('left', [seen(0, { box: { x: 20, y: 20, width: 80, height: 80 } })])).toBe('broken');
    expect(watch('left', [seen(0, { template: looking(0.55) })])).toBe('broken');
  });

  test('a second without a face', () => {
    expect(watch('left', turning(0.3), 1_000)).toBe('passed');
    expect(watch('left', turning(0.3), 1_001)).toBe('broken');
  });
});

describe('a cue that speaks for a picture', () => {
  const cue = { cue: 'not-in-infrared' } as const;

  test('asks for a second turn, to the other side', () => {
    const challenge = createChallenge({ ...person, side: 'right' });
    const turns = [0, 0, 0, 0, -0.1, -0.2, -0.2];
    const first = turns.map((turn, index) => challenge.see(seen(turn, index === 1 ? cue : {}), index * FRAME_MS));
    expect([first.at(-1), challenge.side]).toEqual(['going-on', 'left']);
    const second = [-0.1, 0, 0.1, 0.2, 0.2].map((turn, index) => challenge.see(seen(turn), 700 + index * FRAME_MS));
    expect(second.at(-1)).toBe('passed');
  });

  test('also when only the frames that matched had it', () => {
    const challenge = createChallenge({ ...person, front: [seen(0, cue), seen(0), seen(0)], side: 'left' });
    for (const [index, glimpse] of turning(0.3).entries()) expect(challenge.see(glimpse, index * FRAME_MS)).toBe('going-on');
    expect(challenge.side).toBe('right');
  });
});

test('templates are wiped as soon as the next one has come, and the last one by wipe', () => {
  const challenge = createChallenge({ ...person, side: 'left' });
  const glimpses = [seen(0), seen(0.02)];
  for (const glimpse of glimpses) challenge.see(glimpse, 0);
  expect(glimpses.map(({ template }) => template[0])).toEqual([0, 1]);
  challenge.wipe();
  expect(glimpses[1]?.template).toEqual(new Float32Array(2));
  expect(front.every(({ template }) => template[0] === 1)).toBe(true);
});

describe('the side', () => {
  test('is left to chance', () => {
    const asked = [0, 1, 2, 255].map((byte) =>
      sideFor(
        front,
        drawSide(() => Uint8Array.of(byte)),
      ),
    );
    expect(asked).toEqual(['left', 'right', 'left', 'right']);
  });

  test('is the other one for somebody who stands turned already', () => {
    for (const drawn of ['left', 'right'] as const) {
      expect(sideFor([seen(0.3), seen(0.31), seen(0)], drawn)).toBe('right');
      expect(sideFor([seen(-0.3)], drawn)).toBe('left');
    }
  });
});
