/**
 * Gives the bench's personas their faces: six people are cut out of sample photographs that a development dependency
 * ships, and each is rendered apart as a portrait and as camera frames (crop, light, scale, turn, noise) into
 * build/personas/<id>/. Portrait and frames come from one photograph: they show that the reader works, not how well
 * it tells people apart. Needs the dependencies.
 */
import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { seededRandom } from './seeded-random.mjs';

const PHOTOGRAPHS = join('node_modules', '@vladmandic', 'face-api', 'demo');

/** Face boxes, in pixels of a photograph. */
const PEOPLE = {
  a: { photograph: 'sample6.jpg', x: 259, y: 482, width: 212, height: 276 },
  b: { photograph: 'sample6.jpg', x: 1478, y: 267, width: 224, height: 293 },
  c: { photograph: 'sample3.jpg', x: 1073, y: 209, width: 230, height: 293 },
  d: { photograph: 'sample5.jpg', x: 795, y: 112, width: 156, height: 208 },
  e: { photograph: 'sample3.jpg', x: 586, y: 317, width: 209, height: 289 },
  f: { photograph: 'sample6.jpg', x: 672, y: 319, width: 177, height: 309 },
};

const PORTRAIT = { width: 240, height: 320, faceHeight: 150 };
const PORTRAIT_WALL = '#d8d8d8';
const FRAME = { width: 640, height: 480, count: 8 };
const OUT_OF_FOCUS = 35;
const PORTRAIT_NOISE = 1.5;
const FRAME_NOISE = 4;

/** Writes portrait.png, frame-0.jpg…frame-7.jpg and camera.mjpeg for each person, unless they are there already. */
export async function preparePersonaFaces({ root, log }) {
  const target = join(root, 'build', 'personas');
  const stamp = join(target, 'made-by');
  const recipe = await readFile(new URL(import.meta.url));
  const made = createHash('sha256').update(recipe).digest('hex');
  if ((await readFile(stamp, 'utf8').catch(() => '')) === made) return;

  log('persona faces: cutting and rendering');
  const sharp = createRequire(join(root, 'package.json'))('sharp');
  const draft = `${target}.part`;
  await rm(draft, { recursive: true, force: true });
  for (const [id, person] of Object.entries(PEOPLE)) {
    const folder = join(draft, id);
    await mkdir(folder, { recursive: true });
    await render(sharp, join(root, PHOTOGRAPHS, person.photograph), person, folder, seededRandom(id));
  }
  await writeFile(join(draft, 'made-by'), made);
  await rm(target, { recursive: true, force: true });
  await rename(draft, target);
}

async function render(sharp, photograph, person, folder, random) {
  const head = await cutOut(sharp, photograph, person);

  const wall = await sharp({ create: { width: PORTRAIT.width, height: PORTRAIT.height, channels: 3, background: PORTRAIT_WALL } })
    .png()
    .toBuffer();
  const portrait = await picture(sharp, head, wall, { ...PORTRAIT, faceX: 0, faceY: -0.04, turn: 0 });
  const lit = await sharp(portrait).linear(0.92, 14).gamma(1.15).greyscale().raw().toBuffer();
  addNoise(lit, PORTRAIT_NOISE, random);
  await sharp(lit, { raw: { width: PORTRAIT.width, height: PORTRAIT.height, channels: 1 } })
    .png()
    .toFile(join(folder, 'portrait.png'));

  const room = await sharp(head.surroundings).resize(FRAME.width, FRAME.height).blur(OUT_OF_FOCUS).png().toBuffer();
  const frames = [];
  for (let index = 0; index < FRAME.count; index++) {
    const between = (low, high) => low + (high - low) * random();
    const framing = {
      ...FRAME,
      faceHeight: Math.round(between(190, 235)),
      faceX: between(-0.05, 0.05),
      faceY: between(-0.04, 0.04),
      turn: between(-4, 4),
    };
    const colour = await sharp(await picture(sharp, head, room, framing))
      .linear(between(0.85, 1.05), between(-6, 10))
      .blur(0.6)
      .raw()
      .toBuffer();
    addNoise(colour, FRAME_NOISE, random);
    const jpeg = await sharp(colour, { raw: { width: FRAME.width, height: FRAME.height, channels: 3 } })
      .jpeg({ quality: 85 })
      .toBuffer();
    frames.push(jpeg);
    await writeFile(join(folder, `frame-${index}.jpg`), jpeg);
  }
  // A row of JPEGs is what Chromium plays as a camera (--use-file-for-fake-video-capture).
  await writeFile(join(folder, 'camera.mjpeg'), Buffer.concat(frames));
}

/** Head and shoulders with a soft edge, so that no neighbour stays in the picture. The face's box is in its middle. */
async function cutOut(sharp, photograph, box) {
  const { width, height } = await sharp(photograph).metadata();
  const side = Math.round(box.height * 2.1);
  const left = Math.round(box.x + box.width / 2 - side / 2);
  const top = Math.round(box.y + box.height / 2 - side / 2);
  const inside = {
    left: Math.max(left, 0),
    top: Math.max(top, 0),
    width: Math.min(left + side, width) - Math.max(left, 0),
    height: Math.min(top + side, height) - Math.max(top, 0),
  };
  const softEdge = Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="${side}"><defs><radialGradient id="g">
      <stop offset="0.72" stop-color="#fff"/><stop offset="1" stop-color="#fff" stop-opacity="0"/></radialGradient></defs>
      <ellipse cx="${side / 2}" cy="${side * 0.5}" rx="${side * 0.4}" ry="${side * 0.5}" fill="url(#g)"/></svg>`,
  );
  const placed = await sharp(photograph)
    .extract(inside)
    .extend({
      left: inside.left - left,
      top: inside.top - top,
      right: left + side - inside.left - inside.width,
      bottom: top + side - inside.top - inside.height,
      extendWith: 'copy',
    })
    .ensureAlpha()
    .png()
    .toBuffer();
  const image = await sharp(placed)
    .composite([{ input: softEdge, blend: 'dest-in' }])
    .png()
    .toBuffer();
  return { image, side, faceHeight: box.height, surroundings: placed };
}

/** The head before `background`: PNG. `faceX` and `faceY` shift it, in parts of the picture; `turn` in degrees. */
async function picture(sharp, head, background, { width, height, faceHeight, faceX, faceY, turn }) {
  const side = Math.round((head.side * faceHeight) / head.faceHeight);
  const turned = await sharp(head.image)
    .resize(side, side)
    .rotate(turn, { background: '#00000000' })
    .png()
    .toBuffer({ resolveWithObject: true });
  const left = Math.round(width / 2 + faceX * width - turned.info.width / 2);
  const top = Math.round(height / 2 + faceY * height - turned.info.height / 2);
  const visible = {
    left: Math.max(-left, 0),
    top: Math.max(-top, 0),
    width: Math.min(width - Math.max(left, 0), turned.info.width - Math.max(-left, 0)),
    height: Math.min(height - Math.max(top, 0), turned.info.height - Math.max(-top, 0)),
  };
  const input = await sharp(turned.data).extract(visible).png().toBuffer();
  return sharp(background)
    .composite([{ input, left: Math.max(left, 0), top: Math.max(top, 0) }])
    .removeAlpha()
    .png()
    .toBuffer();
}

/** Sensor noise, near enough to normal: the sum of three even draws. `deviation` in grey levels. */
function addNoise(pixels, deviation, random) {
  for (let index = 0; index < pixels.length; index++) {
    const noise = (random() + random() + random() - 1.5) * 2 * deviation;
    pixels[index] = Math.max(0, Math.min(255, Math.round(pixels[index] + noise)));
  }
}
