import sharp from 'sharp';

/** How a bench persona stands before the camera. */
export type Pose = {
  /** 1: as in the persona's own camera frame, at a good distance. Up to 2. */
  readonly scale?: number;
  /** To the right in the picture, in pixels. */
  readonly shift?: number;
  readonly brightness?: number;
  /** Two personas, side by side. */
  readonly two?: boolean;
  /** A blown-out window all around the head. */
  readonly window?: boolean;
  readonly nobody?: boolean;
};

const [WIDTH, HEIGHT] = [640, 480];
/** The picture's surroundings: what is put there and not in the middle is out of sight. */
const ROOM = { create: { width: 2 * WIDTH, height: 2 * HEIGHT, channels: 3, background: '#8f9496' } } as const;
const SHOWN = { left: WIDTH / 2, top: HEIGHT / 2, width: WIDTH, height: HEIGHT };

const WINDOW = `<svg xmlns="http://www.w3.org/2000/svg" width="640" height="480">
  <path fill="#fff" fill-rule="evenodd" d="M0 0h640v360H0z M190 360v-180a130 130 0 0 1 260 0v180z"/>
</svg>`;

/** @returns a JPEG of 640 × 480, as the camera gives it (not mirrored) */
export async function posedPerson(pose: Pose = {}): Promise<Buffer> {
  const { scale = 1, shift = 0, brightness = 1, two = false, window = false, nobody = false } = pose;
  const people = two ? [await person('a', scale, -150), await person('d', scale, 150)] : [await person('a', scale, shift)];
  const room = await sharp(ROOM)
    .composite(nobody ? [] : people)
    .png()
    .toBuffer();
  const picture = await sharp(room).extract(SHOWN).linear(brightness, 0).png().toBuffer();
  return sharp(picture)
    .composite(window ? [{ input: Buffer.from(WINDOW) }] : [])
    .jpeg({ quality: 85 })
    .toBuffer();
}

/** The middle of a persona's first frame, with its middle `shift` beside the room's. */
async function person(id: string, scale: number, shift: number) {
  const [width, height] = [Math.round(300 * scale), Math.round(HEIGHT * scale)];
  const input = await sharp(`build/personas/${id}/frame-0.jpg`)
    .extract({ left: 170, top: 0, width: 300, height: HEIGHT })
    .resize(width, height)
    .toBuffer();
  return { input, left: Math.round(WIDTH + shift - width / 2), top: Math.round(HEIGHT - height / 2) };
}
