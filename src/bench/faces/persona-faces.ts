import { readdir, readFile } from 'node:fs/promises';
import sharp from 'sharp';

/** Where set-up wrote the personas' faces; see src/setup/persona-faces.mjs. */
const FOLDER = new URL('../../../build/personas/', import.meta.url);

/** One grey byte a pixel, rows from the top. */
export type Portrait = { readonly grey: Uint8Array; readonly width: number; readonly height: number };

/** The face `id`'s portrait, 240 × 320. */
export async function portraitOf(id: string): Promise<Portrait> {
  const png = await readFile(new URL(`${id}/portrait.png`, FOLDER));
  const { data, info } = await sharp(png).greyscale().raw().toBuffer({ resolveWithObject: true });
  return { grey: data, width: info.width, height: info.height };
}

/** What the camera sees of the face `id` from the front: JPEGs of 640 × 480. */
export function framesOf(id: string): Promise<readonly Uint8Array[]> {
  return framesNamed(id, 'frame-');
}

/** The same head on the way to its own left or right, in steps of 3°: one picture each. */
export function turningFramesOf(id: string, side: 'left' | 'right'): Promise<readonly Uint8Array[]> {
  return framesNamed(id, `${side}-`);
}

async function framesNamed(id: string, prefix: string): Promise<readonly Uint8Array[]> {
  const folder = new URL(`${id}/`, FOLDER);
  const names = (await readdir(folder)).filter((name) => name.startsWith(prefix)).sort();
  return Promise.all(names.map((name) => readFile(new URL(name, folder))));
}
