import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { similarity } from '../../src/face/embed.ts';
import { createTrack, type Glimpse, medianScore } from '../../src/face/track.ts';

const box = { x: 100, y: 100, width: 200, height: 200 };
/** A template of length 1 whose similarity to the first axis is `cosine`. */
const template = (cosine: number) => Float32Array.of(cosine, Math.sqrt(1 - cosine ** 2), 0);
const ours = () => template(1);
const seen = (template: Float32Array, change: Partial<Glimpse> = {}): Glimpse => ({
  template,
  box,
  turn: 0,
  eyes: [60, 0],
  down: [0, 70],
  ...change,
});

describe('a track', () => {
  test('gathers frames of one face', () => {
    const track = createTrack(0.5);
    for (const cosine of [1, 0.9, 0.8]) track.add(seen(template(cosine)));
    expect(track.glimpses).toHaveLength(3);
  });

  test('starts anew with another person, and forgets the first', () => {
    const track = createTrack(0.5);
    const first = ours();
    track.add(seen(first));
    track.add(seen(Float32Array.of(0, 0, 1)));
    expect(track.glimpses.map((glimpse) => glimpse.template)).toEqual([Float32Array.of(0, 0, 1)]);
    expect([...first]).toEqual([0, 0, 0]);
  });

  test('starts anew when the face jumps', () => {
    const track = createTrack(0.5);
    track.add(seen(ours()));
    track.add(seen(ours(), { box: { ...box, x: 400 } }));
    expect(track.glimpses).toHaveLength(1);
  });

  test('wiped, holds nothing and leaves zeros', () => {
    const track = createTrack(0.5);
    const kept = ours();
    track.add(seen(kept));
    track.wipe();
    expect(track.glimpses).toEqual([]);
    expect([...kept]).toEqual([0, 0, 0]);
  });
});

describe('the score', () => {
  const cosine = fc.double({ min: -1, max: 1, noNaN: true });

  test('of three frames is the middle one, in any order', () => {
    fc.assert(
      fc.property(fc.tuple(cosine, cosine, cosine), (cosines) => {
        const [, middle = Number.NaN] = cosines.toSorted((a, b) => a - b);
        expect(
          medianScore(
            ours(),
            cosines.map((value) => seen(template(value))),
          ),
        ).toBeCloseTo(middle, 5);
      }),
    );
  });

  test('one lucky frame among strangers decides nothing', () => {
    expect(
      medianScore(
        ours(),
        [0.99, 0.1, 0.2].map((value) => seen(template(value))),
      ),
    ).toBeCloseTo(0.2, 5);
  });

  test('similarity is the same both ways and 1 with itself', () => {
    fc.assert(
      fc.property(cosine, cosine, (a, b) => {
        expect(similarity(template(a), template(b))).toBeCloseTo(similarity(template(b), template(a)), 6);
        expect(similarity(template(a), template(a))).toBeCloseTo(1, 5);
      }),
    );
  });
});
