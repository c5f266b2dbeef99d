/**
 * Gives the bench's personas their faces: six people are cut out of sample photographs that a development dependency
 * ships, and each is rendered apart as a portrait and as camera frames (crop, light, place, noise) into
 * build/personas/<id>/. Portrait and frames come from one photograph, and a turned head is that photograph laid over a
 * generic head: they show that the reader works, neither how well it tells people apart nor how people turn. Needs the
 * dependencies.
 */
import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { drawPortrait, frameDrawer } from './persona-pictures.mjs';
import { seededRandom } from './seeded-random.mjs';

const PHOTOGRAPHS = join('node_modules', '@vladmandic', 'face-api', 'demo');

/** Face boxes and eyes (their middle, how far apart, how tilted in degrees), in pixels of a photograph. */
const PEOPLE = {
  a: { photograph: 'sample6.jpg', x: 259, y: 482, width: 212, height: 276, eyes: { x: 374, y: 603, apart: 102, tilt: -6.8 } },
  b: { photograph: 'sample6.jpg', x: 1478, y: 267, width: 224, height: 293, eyes: { x: 1580, y: 386, apart: 96, tilt: 12.1 } },
  c: { photograph: 'sample3.jpg', x: 1073, y: 209, width: 230, height: 293, eyes: { x: 1163, y: 332, apart: 94, tilt: 10.9 } },
  d: { photograph: 'sample5.jpg', x: 795, y: 112, width: 156, height: 208, eyes: { x: 883, y: 200, apart: 73, tilt: 9.3 } },
  e: { photograph: 'sample3.jpg', x: 586, y: 317, width: 209, height: 289, eyes: { x: 675, y: 435, apart: 94, tilt: 0.7 } },
  f: { photograph: 'sample6.jpg', x: 672, y: 319, width: 177, height: 309, eyes: { x: 746, y: 455, apart: 90, tilt: -5.2 } },
};

const FRONT_FRAMES = 8;
/** Degrees, on the way from the front to a turned head. */
const TURNS = [3, 6, 9, 12, 15, 18, 21, 24];
/** What the pictures are made by: when one of these has changed, they are made anew. */
const RECIPE = ['persona-faces.mjs', 'persona-pictures.mjs', 'head-shape.mjs', 'render-surface.mjs'];

/**
 * Writes for each person, unless they are there already: portrait.png; frame-0.jpg…frame-7.jpg from the front; and
 * left-0.jpg…left-7.jpg and right-0.jpg…, on the way to the person's own side.
 */
export async function preparePersonaFaces({ root, log }) {
  const target = join(root, 'build', 'personas');
  const stamp = join(target, 'made-by');
  const recipe = await Promise.all(RECIPE.map((file) => readFile(new URL(file, import.meta.url))));
  const made = createHash('sha256').update(Buffer.concat(recipe)).digest('hex');
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
  await writeFile(join(folder, 'portrait.png'), await drawPortrait(sharp, head, random));
  const draw = await frameDrawer(sharp, head, random);
  const write = async (name, yaw, moment) => writeFile(join(folder, `${name}.jpg`), await draw(yaw, moment));
  for (let index = 0; index < FRONT_FRAMES; index++) await write(`frame-${index}`, 0, index);
  for (const [step, yaw] of TURNS.entries()) {
    await write(`left-${step}`, yaw, step);
    await write(`right-${step}`, -yaw, step);
  }
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
  const { eyes } = box;
  return { image, side, faceHeight: box.height, surroundings: placed, eyes: { ...eyes, x: eyes.x - left, y: eyes.y - top } };
}
