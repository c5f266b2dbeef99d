import sharp from 'sharp';

const FRAME = { width: 640, height: 480 } as const;
const USUAL_COUNT = 8;
/** Pixels that the picture moves, at most: a person does not keep quite still. */
const SWAY = 2;
const ROOM = { width: FRAME.width + 2 * SWAY, height: FRAME.height + 2 * SWAY } as const;
/** Grey levels, about what a small sensor gives in a lit room. */
const NOISE = 3;

/**
 * What a camera would see of a photograph held still before it: JPEGs of 640 × 480 with a little movement and noise.
 * @param image a file's path or its bytes, of any format that sharp reads; rejects when it cannot be read
 */
export async function framesFromPhoto(image: string | Uint8Array, count = USUAL_COUNT): Promise<readonly Uint8Array[]> {
  const fitted = await sharp(image)
    .rotate()
    .flatten({ background: '#b8b4ac' })
    .resize(ROOM.width, ROOM.height, { fit: 'contain', background: '#b8b4ac' })
    .toColourspace('srgb')
    .raw()
    .toBuffer();
  return Promise.all(Array.from({ length: count }, (_, index) => frame(fitted, index)));
}

/** A room with nobody in it. */
export async function emptyRoomFrames(): Promise<readonly Uint8Array[]> {
  const wall = await sharp({ create: { ...FRAME, channels: 3, background: '#8f8b84' } })
    .png()
    .toBuffer();
  return framesFromPhoto(wall);
}

async function frame(fitted: Buffer, index: number): Promise<Uint8Array> {
  const left = Math.round(SWAY + SWAY * Math.sin(index));
  const top = Math.round(SWAY + SWAY * Math.cos(1.7 * index));
  return sharp(fitted, { raw: { ...ROOM, channels: 3 } })
    .extract({ left, top, ...FRAME })
    .composite([{ input: await sensorNoise(), raw: { ...FRAME, channels: 3 }, blend: 'soft-light' }])
    .removeAlpha()
    .jpeg({ quality: 85 })
    .toBuffer();
}

function sensorNoise(): Promise<Buffer> {
  const noise = { type: 'gaussian', mean: 128, sigma: NOISE } as const;
  return sharp({ create: { ...FRAME, channels: 3, background: '#808080', noise } })
    .raw()
    .toBuffer();
}
