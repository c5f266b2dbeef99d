import sharp from 'sharp';

const FRAME = { width: 640, height: 480 } as const;
/** Grey levels, as in photo-frames.ts. */
const SIGMA = 3;
/** The noise is drawn once, larger than a frame by this, and laid over each from another corner. */
const SPARE = 64;
const SHEET = { width: FRAME.width + SPARE, height: FRAME.height + SPARE } as const;

let sheet: Promise<Buffer> | undefined;

/** A sensor that never gives the same picture twice: JPEGs of 640 × 480 with fresh noise. Sensors of one process give the
 *  same ones in the same order. */
export function createNoisySensor(): (jpeg: Uint8Array) => Promise<Uint8Array> {
  let count = 0;
  return async (jpeg) => {
    sheet ??= drawNoise();
    const corner = count++ % SPARE ** 2;
    const noise = await sharp(await sheet, { raw: { ...SHEET, channels: 3 } })
      .extract({ left: corner % SPARE, top: Math.floor(corner / SPARE), ...FRAME })
      .raw()
      .toBuffer();
    return sharp(jpeg)
      .composite([{ input: noise, raw: { ...FRAME, channels: 3 }, blend: 'soft-light' }])
      .removeAlpha()
      .jpeg({ quality: 90 })
      .toBuffer();
  };
}

function drawNoise(): Promise<Buffer> {
  const noise = { type: 'gaussian', mean: 128, sigma: SIGMA } as const;
  return sharp({ create: { ...SHEET, channels: 3, background: '#808080', noise } })
    .raw()
    .toBuffer();
}
