/**
 * What a camera would see of a photograph that somebody holds up and moves, or of a head that turns. All of it is rendered:
 * it measures the geometry of the challenge, not how prints, screens and people really look.
 */
import { EYE_DISTANCE_MM, type Eyes, headPose, headSurface } from '../../src/setup/head-shape.mjs';
import { FOCAL, renderSurface, type SurfacePose, type Texture } from '../../src/setup/render-surface.mjs';

const FRAME = { width: 640, height: 480 } as const;
const NOISE = 3;
/** Degrees, out and back to both sides. */
const SWEEP = [0, 0, 0, 0, 7, 14, 21, 28, 36, 45, 36, 24, 12, 0, -7, -14, -21, -28, -36, -45, -36, -24, -12, 0];
/** Millimetres from the camera to the eyes, at which a face has its usual size. */
const USUAL = 480;

export type RawFrame = { readonly data: Buffer; readonly width: number; readonly height: number };
type Surface = Parameters<typeof renderSurface>[2];
type Random = () => number;
type Kind = {
  readonly surface: (photo: Texture, eyes: Eyes) => Surface;
  readonly pose: (angle: number, random: Random) => Partial<SurfacePose>;
  readonly texture?: (photo: Texture) => Texture;
};

const about = (random: Random, spread: number) => (random() * 2 - 1) * spread;
const hand = (random: Random) => ({ x: about(random, 4), y: about(random, 4), distance: USUAL + about(random, 8) });

/** Flat, or bent round an upright cylinder of that radius; below zero the hollow side is shown. */
const sheet =
  (radiusMm = Number.POSITIVE_INFINITY) =>
  (photo: Texture, eyes: Eyes): Surface =>
  (u, v) => {
    const scale = EYE_DISTANCE_MM / eyes.apart;
    const [x, y] = [(u * photo.width - eyes.x) * scale, (v * photo.height - eyes.y) * scale];
    if (!Number.isFinite(radiusMm)) return [x, y, 0];
    const angle = Math.min(Math.max(x / radiusMm, -1.3), 1.3);
    return [radiusMm * Math.sin(angle), y, radiusMm * (Math.cos(angle) - 1)];
  };

const turned = (angle: number, random: Random) => ({
  ...hand(random),
  yaw: angle,
  pitch: about(random, 4),
  roll: about(random, 4),
});

/** Ways to move a photograph while a turn of the head is asked for. */
export const attackKinds = {
  'held still': { surface: sheet(), pose: (_, random) => ({ ...hand(random), roll: about(random, 2) }) },
  'moved to and fro': {
    surface: sheet(),
    pose: (angle, random) => ({ ...hand(random), x: angle * 1.5, distance: USUAL + 2 * angle }),
  },
  turned: { surface: sheet(), pose: turned },
  'turned close to the camera': { surface: sheet(), pose: (angle, random) => ({ ...turned(angle, random), distance: 330 }) },
  tilted: { surface: sheet(), pose: (angle, random) => ({ ...turned(about(random, 4), random), pitch: angle }) },
  'turned about a diagonal': {
    surface: sheet(),
    pose: (angle, random) => ({ ...turned(angle, random), pitch: angle, roll: 0.4 * angle }),
  },
  'turned and rolled': { surface: sheet(), pose: (angle, random) => ({ ...turned(0.7 * angle, random), roll: 0.8 * angle }) },
  'screen, turned': { surface: sheet(), pose: turned, texture: onScreen },
  'bent, radius 120 mm, turned': { surface: sheet(120), pose: turned },
  'bent, radius 70 mm, turned': { surface: sheet(70), pose: turned },
  'bent inwards, radius 80 mm, turned': { surface: sheet(-80), pose: turned },
} satisfies Record<string, Kind>;

export type AttackKind = keyof typeof attackKinds;
export const flatKinds = Object.keys(attackKinds).filter((kind) => !kind.startsWith('bent')) as readonly AttackKind[];
export const bentKinds = Object.keys(attackKinds).filter((kind) => kind.startsWith('bent')) as readonly AttackKind[];

/** The frames of one such attempt, 10 a second: at first towards the person's left, then to the right. */
export function* attackFrames(kind: AttackKind, photo: Texture, eyes: Eyes, random: Random): Generator<RawFrame> {
  const { surface, pose, texture }: Kind = attackKinds[kind];
  const shown = texture?.(photo) ?? photo;
  const shape = surface(photo, eyes);
  for (const angle of SWEEP) yield drawn(shown, shape, { distance: USUAL, ...pose(angle, random) }, random);
}

/** A generic head under the photograph turns, no further than 30°. */
export function* headFrames(photo: Texture, eyes: Eyes, random: Random): Generator<RawFrame> {
  const shape = headSurface(photo, eyes, USUAL);
  for (const angle of SWEEP) {
    const pose = headPose(eyes, USUAL, (angle * 30) / 45);
    yield drawn(photo, shape, { ...pose, roll: about(random, 3), pitch: about(random, 3), x: about(random, 3) }, random);
  }
}

/** Photographs held still one after the other at the same place, the eyes where they were. */
export function* swapFrames(photos: readonly { photo: Texture; eyes: Eyes }[], random: Random): Generator<RawFrame> {
  for (const { photo, eyes } of photos) {
    const shape = sheet()(photo, eyes);
    for (let index = 0; index < 5; index++)
      yield drawn(photo, shape, { distance: USUAL, roll: -eyes.tilt, x: about(random, 1) }, random);
  }
}

/** Grey, lit from the right. */
const wall = Buffer.from(
  Array.from({ length: FRAME.width * FRAME.height * 3 }, (_, at) => 110 + (40 * ((at / 3) % FRAME.width)) / FRAME.width),
);

function drawn(photo: Texture, surface: Surface, pose: SurfacePose, random: Random): RawFrame {
  const { width, height } = FRAME;
  const data = Buffer.from(wall);
  renderSurface({ data, width, height }, photo, surface, { ...pose, y: (pose.y ?? 0) - (20 * USUAL) / FOCAL });
  for (let index = 0; index < data.length; index++) {
    const noise = (random() + random() + random() - 1.5) * 2 * NOISE;
    data[index] = Math.max(0, Math.min(255, (data[index] as number) + noise));
  }
  return { data, width, height };
}

/** Every pixel of the photograph as three upright stripes, red, green and blue, a darker line below; a little brighter. */
function onScreen({ data, width, height, channels }: Texture): Texture {
  const cell = 3;
  const lit = new Uint8Array(width * cell * height * cell * 3);
  for (let y = 0; y < height * cell; y++) {
    for (let x = 0; x < width * cell; x++) {
      const channel = x % cell;
      const from = (Math.floor(y / cell) * width + Math.floor(x / cell)) * channels;
      const value = (data[from + (channels === 1 ? 0 : channel)] as number) * (y % cell === cell - 1 ? 0.9 : 1.1);
      for (let other = 0; other < 3; other++) {
        lit[(y * width * cell + x) * 3 + other] = Math.min(255, value * (other === channel ? 1.15 : 0.9));
      }
    }
  }
  return { data: lit, width: width * cell, height: height * cell, channels: 3 };
}
