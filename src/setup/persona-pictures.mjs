/**
 * Draws a person who was cut out of a photograph: as a card portrait, and as a camera sees the head from the front or
 * turned. A turned head is the photograph laid over a generic one.
 */
import { EYE_DISTANCE_MM, headPose, headSurface } from './head-shape.mjs';
import { FOCAL, renderSurface } from './render-surface.mjs';

const PORTRAIT = { width: 240, height: 320, faceHeight: 150, faceY: -0.04 };
const PORTRAIT_WALL = '#d8d8d8';
const FRAME = { width: 640, height: 480, faceHeight: 210 };
/** Pixels of a frame that a person sways by. */
const SWAY = 5;
const OUT_OF_FOCUS = 35;
const PORTRAIT_NOISE = 1.5;
const FRAME_NOISE = 4;

/** The card portrait: PNG, grey, 240 × 320. */
export async function drawPortrait(sharp, head, random) {
  const { width, height } = PORTRAIT;
  const wall = await sharp({ create: { width, height, channels: 3, background: PORTRAIT_WALL } })
    .png()
    .toBuffer();
  const lit = await sharp(await before(sharp, head, wall))
    .linear(0.92, 14)
    .gamma(1.15)
    .greyscale()
    .raw()
    .toBuffer();
  addNoise(lit, PORTRAIT_NOISE, random);
  return sharp(lit, { raw: { width, height, channels: 1 } })
    .png()
    .toBuffer();
}

/**
 * What draws camera frames of this head (JPEG, 640 × 480): of a head turned by `yaw` degrees, more than 0 to its own
 * left, at a `moment` of its swaying.
 */
export async function frameDrawer(sharp, head, random) {
  const { width, height } = FRAME;
  const room = await sharp(head.surroundings).resize(width, height).blur(OUT_OF_FOCUS).removeAlpha().raw().toBuffer();
  const cut = { data: await sharp(head.image).raw().toBuffer(), width: head.side, height: head.side, channels: 4 };
  return (yaw, moment) => drawFrame(sharp, { ...head, cut, room, random }, yaw, moment);
}

async function drawFrame(sharp, { cut, room, random, side, faceHeight, eyes }, yaw, moment) {
  const { width, height } = FRAME;
  const scale = (FRAME.faceHeight * (1 + 0.01 * Math.sin(moment))) / faceHeight;
  const distance = (FOCAL * EYE_DISTANCE_MM) / (eyes.apart * scale);
  const data = Buffer.from(room);
  // The middle of the cut-out belongs into the middle of the frame.
  const toMillimetres = EYE_DISTANCE_MM / eyes.apart;
  const place = {
    x: (eyes.x - side / 2 + (SWAY * Math.sin(0.9 * moment)) / scale) * toMillimetres,
    y: (eyes.y - side / 2 + (SWAY * Math.cos(0.7 * moment)) / scale) * toMillimetres,
  };
  renderSurface({ data, width, height }, cut, headSurface(cut, eyes, distance), {
    ...headPose(eyes, distance, yaw),
    ...place,
  });
  const raw = { width, height, channels: 3 };
  const lit = await sharp(data, { raw })
    .linear(0.95 + 0.02 * Math.sin(moment), 2)
    .blur(0.6)
    .raw()
    .toBuffer();
  addNoise(lit, FRAME_NOISE, random);
  return sharp(lit, { raw }).jpeg({ quality: 85 }).toBuffer();
}

/** The head before the portrait's wall: PNG. */
async function before(sharp, head, wall) {
  const { width, height, faceHeight, faceY } = PORTRAIT;
  const side = Math.round((head.side * faceHeight) / head.faceHeight);
  const resized = await sharp(head.image).resize(side, side).png().toBuffer();
  const left = Math.round((width - side) / 2);
  const top = Math.round((height - side) / 2 + faceY * height);
  const visible = {
    left: Math.max(-left, 0),
    top: Math.max(-top, 0),
    width: Math.min(width - Math.max(left, 0), side - Math.max(-left, 0)),
    height: Math.min(height - Math.max(top, 0), side - Math.max(-top, 0)),
  };
  const input = await sharp(resized).extract(visible).png().toBuffer();
  return sharp(wall)
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
