import { join } from 'node:path';
import sharp from 'sharp';

const COLUMNS = 5;
const ROWS = 4;
const WIDTH = 400;
const LABEL_HEIGHT = 26;
const GAP = 12;

/**
 * Lays the pictures of a folder out on sheets that one person can look through, twenty on each: `<sheets>-1.png` and so on.
 * @param names files in `folder`, without `.png`
 * @returns how many sheets there are
 */
export async function makeContactSheets(folder: string, names: readonly string[], sheets: string): Promise<number> {
  const onSheet = COLUMNS * ROWS;
  const count = Math.ceil(names.length / onSheet);
  for (let sheet = 0; sheet < count; sheet++) {
    await makeSheet(folder, names.slice(sheet * onSheet, (sheet + 1) * onSheet), `${sheets}-${sheet + 1}.png`);
  }
  return count;
}

async function makeSheet(folder: string, names: readonly string[], file: string): Promise<void> {
  const pictures = await Promise.all(
    names.map((name) =>
      sharp(join(folder, `${name}.png`))
        .resize(WIDTH)
        .toBuffer(),
    ),
  );
  const { height } = await sharp(pictures[0]).metadata();
  const step = { x: WIDTH + GAP, y: height + LABEL_HEIGHT + GAP };
  const tiles = pictures.flatMap((input, place) => {
    const left = GAP + (place % COLUMNS) * step.x;
    const top = GAP + Math.floor(place / COLUMNS) * step.y;
    return [
      { input: label(names[place] ?? ''), left, top },
      { input, left, top: top + LABEL_HEIGHT },
    ];
  });
  const size = { width: GAP + COLUMNS * step.x, height: GAP + Math.ceil(names.length / COLUMNS) * step.y };
  await sharp({ create: { ...size, channels: 3, background: '#666' } })
    .composite(tiles)
    .png()
    .toFile(file);
}

const label = (name: string) =>
  Buffer.from(
    `<svg width="${WIDTH}" height="${LABEL_HEIGHT}"><text x="2" y="19" font-family="sans-serif" font-size="16" fill="white">${name}</text></svg>`,
  );
