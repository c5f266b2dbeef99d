/** What the counter's camera may see of a person besides a good picture: drawn from the personas' own pictures. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { framesOf } from '../../../src/bench/faces/persona-faces.ts';
import type { FaceHint } from '../../../src/reception/ports.ts';
import type { Counter } from '../counter.ts';

const FRAME = { width: 640, height: 480 } as const;
const WALL = '#888888';

async function firstFrameOf(face: string): Promise<Uint8Array> {
  const [jpeg] = await framesOf(face);
  if (!jpeg) throw new Error(`there is no picture of ${face}`);
  return jpeg;
}

const blank = (background: string) => sharp({ create: { ...FRAME, channels: 3, background } });

/** Somebody in a wheelchair before a camera set for those who stand: the face is at the lower edge. */
export async function lowInFrame(face: string): Promise<Uint8Array> {
  const below = 220;
  const upper = await sharp(await firstFrameOf(face))
    .extract({ left: 0, top: 0, width: FRAME.width, height: FRAME.height - below })
    .toBuffer();
  return blank(WALL)
    .composite([{ input: upper, left: 0, top: below }])
    .jpeg()
    .toBuffer();
}

/** A bright window beside and above, and little light on the face. */
export async function beforeWindow(face: string): Promise<Uint8Array> {
  const window = `<svg width="640" height="480"><defs><radialGradient id="person" cx=".5" cy=".55" r=".62">
    <stop offset=".45" stop-color="#f4f6f8" stop-opacity="0"/><stop offset=".6" stop-color="#f4f6f8"/></radialGradient></defs>
    <rect width="640" height="480" fill="url(#person)"/></svg>`;
  const dark = await sharp(await firstFrameOf(face))
    .linear(0.16, 0)
    .toBuffer();
  return sharp(dark)
    .composite([{ input: Buffer.from(window) }])
    .jpeg({ quality: 90 })
    .toBuffer();
}

/** Two people side by side, as near as one another. */
export async function sideBySide(...faces: readonly [string, string]): Promise<Uint8Array> {
  const halves = await Promise.all(
    faces.map(async (face, index) => ({
      input: await sharp(await firstFrameOf(face))
        .extract({ left: 160, top: 0, width: 320, height: FRAME.height })
        .toBuffer(),
      left: index * 320,
      top: 0,
    })),
  );
  return blank('#000000').composite(halves).jpeg().toBuffer();
}

/** The counter's camera sees this picture from now on, with a little movement and noise. */
export async function cameraSees(counter: Counter, jpeg: Uint8Array): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'kazasu-scene-'));
  try {
    const path = join(folder, 'scene.jpg');
    writeFileSync(path, jpeg);
    const seen = await counter.bench.camera.look({ kind: 'picture', path });
    if (!seen.ok) throw new Error(seen.fault.detail);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Every hint that the screen gives from now on, each once. */
export function hintsShown(counter: Counter): ReadonlySet<FaceHint> {
  const hints = new Set<FaceHint>();
  counter.reader.onChange((state) => {
    if (state.at === 'matching-face') hints.add(state.hint);
  });
  return hints;
}
