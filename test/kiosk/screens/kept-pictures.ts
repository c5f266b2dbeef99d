/**
 * What every screen looked like when somebody last looked at all of them: kept/<language>-<size>.webp, an atlas of shrunk
 * pictures in two columns, filled downwards in the order of kept/names.json. `npm run -s screens -- --keep` renews them.
 */
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { differ, type Picture, SQUARE } from './picture.ts';

const KEPT = join(import.meta.dirname, 'kept');
const NAMES = join(KEPT, 'names.json');
const COLUMNS = 2;

export type Pictures = ReadonlyMap<string, Picture>;
type Size = { readonly name: string; readonly width: number; readonly height: number };

const atlasOf = (language: string, size: Size) => join(KEPT, `${language}-${size.name}.webp`);

/** The names of all screens that are kept, in their order in each atlas. */
export const keptNames = async (): Promise<readonly string[]> =>
  existsSync(NAMES) ? (JSON.parse(await readFile(NAMES, 'utf8')) as string[]) : [];

/** @returns by screen; empty where nothing is kept yet */
export async function readKept(language: string, size: Size): Promise<Pictures> {
  const file = atlasOf(language, size);
  if (!existsSync(file)) return new Map();
  const names = await keptNames();
  const { data: atlas, info } = await sharp(file).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const { width, height } = squaresOf(size);
  return new Map(
    names.map((name, place) => {
      const { left, top } = placeOf(place, names.length, size);
      const rgb = new Uint8Array(3 * width * height);
      for (let row = 0; row < height; row++) {
        const start = 3 * ((top + row) * info.width + left);
        rgb.set(atlas.subarray(start, start + 3 * width), 3 * row * width);
      }
      return [name, { width, height, rgb }];
    }),
  );
}

/**
 * Keeps `now` in the place of what was kept. A picture that shows the same as the kept one does not replace it, so that
 * another machine's smoothing changes no file. @returns the names of those that are new or changed
 */
export async function keep(language: string, size: Size, now: Pictures): Promise<readonly string[]> {
  const before = await readKept(language, size);
  const changed: string[] = [];
  const tiles = [...now].map(([name, picture], place) => {
    const kept = before.get(name);
    const same = kept !== undefined && !differ(kept, picture);
    if (!same) changed.push(name);
    const { rgb, width, height } = same ? kept : picture;
    return { input: Buffer.from(rgb), raw: { width, height, channels: 3 as const }, ...placeOf(place, now.size, size) };
  });
  if (changed.length === 0 && String([...before.keys()]) === String([...now.keys()])) return [];
  const { width, height } = squaresOf(size);
  const whole = { width: COLUMNS * width, height: rowsFor(now.size) * height, channels: 3 as const, background: '#000' };
  await mkdir(KEPT, { recursive: true });
  await sharp({ create: whole }).composite(tiles).webp({ lossless: true, effort: 6 }).toFile(atlasOf(language, size));
  return changed;
}

/** To be called once every atlas has been written. */
export const keepNames = (names: readonly string[]): Promise<void> => writeFile(NAMES, `${JSON.stringify(names, null, 2)}\n`);

const squaresOf = ({ width, height }: Size) => ({ width: width / SQUARE, height: height / SQUARE });
const rowsFor = (count: number) => Math.ceil(count / COLUMNS);

function placeOf(place: number, count: number, size: Size) {
  const { width, height } = squaresOf(size);
  return { left: Math.floor(place / rowsFor(count)) * width, top: (place % rowsFor(count)) * height };
}
