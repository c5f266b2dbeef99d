/**
 * Photographs of real people for measuring (Labeled Faces in the Wild): never shipped, never copied. The folder is
 * beside the repository, or where KAZASU_FACES says; the tests that need it say so when it is absent.
 *
 *   lfw/NAME/NAME_nnnn.jpg   pairs.csv (label, image_a, image_b)   east-asian.csv (image, identity)
 */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import sharp from 'sharp';
import { encodeJp2 } from '../../src/bench/card/jp2.ts';

const besideRepository = resolve(import.meta.dirname, '../../../shared/faces');

export type FaceSet = {
  readonly folder: string;
  readonly pairs: readonly { readonly genuine: boolean; readonly a: string; readonly b: string }[];
  readonly eastAsian: readonly { readonly image: string; readonly identity: string }[];
};

export const facesFolder = process.env['KAZASU_FACES'] ?? besideRepository;

export const absentMessage = (folder: string) =>
  `No measuring photographs at ${folder}: set KAZASU_FACES to a folder with lfw/, pairs.csv and east-asian.csv.`;

export function readFaceSet(folder: string = facesFolder): FaceSet | undefined {
  if (!existsSync(join(folder, 'pairs.csv'))) return undefined;
  const rows = (file: string) =>
    readFileSync(join(folder, file), 'utf8')
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.trim().split(','));
  return {
    folder,
    pairs: rows('pairs.csv').map(([label, a = '', b = '']) => ({ genuine: label === 'genuine', a, b })),
    eastAsian: rows('east-asian.csv').map(([image = '', identity = '']) => ({ image, identity })),
  };
}

/** Everyone's name is the folder of their images. */
export function identityOf(image: string): string {
  return image.split('/').at(-2) ?? image;
}

export type CardPortrait = { readonly width: number; readonly height: number; readonly bytes: number };

const USUAL: CardPortrait = { width: 240, height: 320, bytes: 5000 };

/** The photograph as a card would hold it: its middle, grey, JPEG 2000. */
export async function asPortrait(file: string, { width, height, bytes }: CardPortrait = USUAL): Promise<Uint8Array> {
  const { data, info } = await sharp(file)
    .resize(width, height, { fit: 'cover' })
    .greyscale()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return encodeJp2(data, info.width, info.height, bytes);
}
