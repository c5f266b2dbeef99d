import { describe, expect, test } from 'vitest';
import type { FaceBox } from '../../src/kiosk/ui/guidance/face-box.ts';
import { guide, type View } from '../../src/kiosk/ui/guidance/guide.ts';
import { lightOf } from '../../src/kiosk/ui/guidance/light.ts';

const size = { width: 320, height: 240 };
const goodLight = { grey: 120, white: 0, whiteAround: 0 };

/** A face of that height, its middle that far from the picture's; both in parts of the picture's height. */
function face(height: number, sideways = 0, upright = 0): FaceBox {
  const side = height * size.height;
  return {
    x: size.width / 2 + sideways * size.height - side / 2,
    y: size.height / 2 + upright * size.height - side / 2,
    width: side,
    height: side,
  };
}
const view = (faces: readonly FaceBox[], light = goodLight, atMs = 0): View => ({ faces, light, size, atMs });

describe('what a person in front of the camera can do', () => {
  test('nothing, when the face stands well in the oval', () => {
    for (const height of [0.25, 0.4, 0.65]) expect(guide(view([face(height)]))).toBeUndefined();
    expect(guide(view([face(0.4, 0.19, -0.21)]))).toBeUndefined();
  });

  test('come closer, move back, look here', () => {
    expect(guide(view([face(0.23)]))).toBe('come-closer');
    expect(guide(view([face(0.67)]))).toBe('move-back');
    expect(guide(view([face(0.4, 0.21)]))).toBe('look-here');
    expect(guide(view([face(0.4, 0, 0.23)]))).toBe('look-here');
    expect(guide(view([]))).toBe('look-here');
  });

  test('be alone: somebody in the background is no second person', () => {
    expect(guide(view([face(0.4), face(0.25, 0.4)]))).toBe('one-person');
    expect(guide(view([face(0.4), face(0.23, 0.4)]))).toBeUndefined();
  });

  test('mind the light', () => {
    expect(guide(view([face(0.4)], { ...goodLight, grey: 44 }))).toBe('too-dark');
    expect(guide(view([], { ...goodLight, grey: 44 }))).toBe('too-dark');
    expect(guide(view([face(0.4)], { ...goodLight, white: 0.31 }))).toBe('too-bright');
    expect(guide(view([face(0.4)], { grey: 89, white: 0, whiteAround: 0.36 }))).toBe('light-behind');
  });

  test('not mind a white wall, nor be told of the light behind when the face itself is well lit', () => {
    expect(guide(view([face(0.4)], { grey: 91, white: 0, whiteAround: 0.9 }))).toBeUndefined();
    expect(guide(view([face(0.4)], { grey: 60, white: 0, whiteAround: 0.34 }))).toBeUndefined();
  });

  test('hold still: by the speed of the face, whatever the pause between two looks', () => {
    const before = view([face(0.4)]);
    expect(guide(view([face(0.4, 0.1)], goodLight, 200), before)).toBe('hold-still');
    expect(guide(view([face(0.4, 0.09)], goodLight, 200), before)).toBeUndefined();
    expect(guide(view([face(0.4, 0.1)], goodLight, 400), before)).toBeUndefined();
    expect(guide(view([face(0.4, 0.1)], goodLight, 200), view([]))).toBeUndefined();
  });
});

describe('the light of a picture', () => {
  /** A picture painted by `greyAt`, once as RGBA. */
  function painted(greyAt: (x: number, y: number) => number) {
    const data = new Uint8ClampedArray(4 * size.width * size.height);
    for (let y = 0; y < size.height; y++) {
      for (let x = 0; x < size.width; x++) data.fill(greyAt(x, y), 4 * (y * size.width + x), 4 * (y * size.width + x) + 3);
    }
    return { data, ...size };
  }
  const box = face(0.4);
  const inBox = (x: number, y: number) => x >= box.x && x < box.x + box.width && y >= box.y && y < box.y + box.height;

  test('of the face is measured on the face alone', () => {
    const light = lightOf(
      painted((x, y) => (inBox(x, y) ? 60 : 255)),
      box,
    );
    expect(light.grey).toBeCloseTo(60);
    expect(light.white).toBe(0);
    expect(light.whiteAround).toBe(1);
  });

  test('behind a person is looked for beside and above, not on the clothes below', () => {
    const light = lightOf(
      painted((_x, y) => (y > box.y + box.height ? 255 : 60)),
      box,
    );
    expect(light.whiteAround).toBe(0);
  });

  test('without a face is that of the picture’s middle', () => {
    const light = lightOf(
      painted((x) => (x > 80 && x < 240 ? 20 : 255)),
      undefined,
    );
    expect(light.grey).toBeCloseTo(20);
  });
});
