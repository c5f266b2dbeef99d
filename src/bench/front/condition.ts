/** In which condition a front comes before the camera, drawn at random by kind. */
import type { View } from './camera-view.ts';

export const conditionKinds = [
  'usual',
  'coarse-print',
  'blur',
  'turned',
  'upside-down',
  'leaning',
  'glare',
  'dirt',
  'marks',
  'uneven-light',
  'small-jpeg',
  'all-at-once',
  'unreadable',
] as const;

export type ConditionKind = (typeof conditionKinds)[number];

export type Condition = {
  readonly view: View;
  /** How broad strokes came out of the printer, 1 as drawn; and how grainy, in grey levels. */
  readonly inkSpread: number;
  readonly grain: number;
  /** So many blots and as many scratches; size in pixels of the print. */
  readonly dirt: { readonly count: number; readonly sizePx: number };
  /** Lines across what is read. */
  readonly marks: number;
};

const NO_GLARE = { strength: 0, x: 0, y: 0, radius: 1 } as const;

/** @param random even draws of 0…1 */
export function conditionOf(kind: ConditionKind, random: () => number): Condition {
  const between = (low: number, high: number) => low + (high - low) * random();
  const pair = (most: number): readonly [number, number] => [between(-most, most), between(-most, most)];
  const glare = () => ({
    strength: between(0.3, 1),
    x: between(250, 1030),
    y: between(150, 570),
    radius: between(30, 130),
  });
  const usual: Condition = {
    inkSpread: between(0.9, 1.15),
    grain: between(3, 8),
    dirt: { count: 0, sizePx: 0 },
    marks: 0,
    view: {
      cardPx: between(840, 940),
      shift: pair(20),
      turn: between(-3, 3),
      tilt: pair(3),
      light: [between(0.88, 1.05), between(0.88, 1.05)],
      tray: between(30, 70),
      glare: NO_GLARE,
      blur: between(0.5, 1),
      noise: between(2, 4),
      jpegQuality: Math.round(between(78, 92)),
    },
  };
  const seen = (view: Partial<View>): Condition => ({ ...usual, view: { ...usual.view, ...view } });
  const uneven = (): readonly [number, number] => (random() < 0.5 ? [between(0.5, 0.7), 1.1] : [1.1, between(0.5, 0.7)]);

  switch (kind) {
    case 'usual':
      return usual;
    case 'coarse-print':
      return { ...usual, inkSpread: between(0.65, 1.5), grain: between(12, 35) };
    case 'blur':
      return seen({ blur: between(1.2, 3.2) });
    case 'turned':
      return seen({ turn: between(-11, 11), cardPx: between(700, 780) });
    case 'upside-down':
      return seen({ turn: 180 + between(-5, 5) });
    case 'leaning':
      return seen({ tilt: pair(13), cardPx: between(760, 860) });
    case 'glare':
      return seen({ glare: glare() });
    case 'dirt':
      return { ...usual, dirt: { count: Math.round(between(5, 90)), sizePx: between(2, 14) } };
    case 'marks':
      return { ...usual, marks: Math.round(between(1, 10)) };
    case 'uneven-light':
      return seen({ light: uneven(), tray: between(20, 90) });
    case 'small-jpeg':
      return seen({ jpegQuality: Math.round(between(18, 50)), noise: between(3, 9) });
    case 'all-at-once':
      return {
        inkSpread: between(0.8, 1.3),
        grain: between(5, 18),
        dirt: { count: Math.round(between(2, 40)), sizePx: between(2, 9) },
        marks: random() < 0.5 ? 0 : 2,
        view: {
          ...usual.view,
          cardPx: between(760, 860),
          turn: between(-6, 6) + (random() < 0.3 ? 180 : 0),
          tilt: pair(7),
          light: uneven(),
          glare: { ...glare(), strength: between(0, 0.5) },
          blur: between(0.6, 1.8),
          noise: between(3, 7),
          jpegQuality: Math.round(between(40, 80)),
        },
      };
    case 'unreadable':
      return seen({ blur: between(6, 9) });
  }
}
