/** One printed row: found near where the design says it is, then read cell by cell. */
import { secretBytes, wipe } from '../secret-bytes.ts';
import type { CardMap } from './card-map.ts';
import type { PrintedField } from './front-design.ts';
import { CELL, type Template, type Templates } from './glyph-templates.ts';
import type { GreyPicture } from './grey-picture.ts';
import { compare, contrastOf, isBeyondDoubt } from './read-character.ts';
import { cellAt, cutStrip, type Place, placeCell, placeRow, type Strip } from './strip.ts';

/** Of the contrast that most cells have: less is no print, more is some. Between them is doubt. */
const BLANK_BELOW = 0.35;
const PRINT_ABOVE = 0.55;
const BLANK = 0x20;

/** A row that was found but not read yet. */
export type FoundField = {
  /** How well its characters fit, 0…1. */
  readonly fit: number;
  /** ASCII of the cells that are read, to be wiped; undefined when one of them is in doubt. */
  read(): Uint8Array | undefined;
  wipe(): void;
};

export function findField(picture: GreyPicture, map: CardMap, field: PrintedField, templates: Templates): FoundField {
  const allowed = field.cells.map((characters) => [...characters].flatMap((character) => templates.get(character) ?? []));
  const strip = cutStrip(picture, map, field);
  const { first, fit } = placeRow(strip, allowed);
  return {
    fit,
    read: () => readCells(strip, first, field.cells, allowed),
    wipe: () => strip.grey.fill(0),
  };
}

function readCells(strip: Strip, first: Place, characters: readonly string[], allowed: readonly Template[][]) {
  const places = characters.map((_, cell) => ({ left: first.left + cell * CELL.width, top: first.top }));
  const contrasts = places.map((place) => withCell(strip, place, contrastOf));
  const usual = contrasts.toSorted((a, b) => b - a)[Math.floor(contrasts.length / 3)] ?? 0;
  const text = secretBytes(characters.filter((possible) => possible !== '').length);
  let length = 0;
  for (const [cell, place] of places.entries()) {
    const possible = characters[cell] ?? '';
    if (possible === '') continue;
    const character = readCell(strip, place, possible, allowed[cell] ?? [], (contrasts[cell] ?? 0) / usual);
    if (character === undefined) {
      wipe(text);
      return undefined;
    }
    text[length++] = character;
  }
  return text;
}

function readCell(strip: Strip, place: Place, possible: string, templates: Template[], contrast: number): number | undefined {
  const mayBeBlank = possible.includes(' ');
  if (mayBeBlank && contrast < BLANK_BELOW) return BLANK;
  if (mayBeBlank && contrast < PRINT_ABOVE) return undefined;
  const scores = withCell(strip, placeCell(strip, place, templates), (cell) => compare(cell, templates));
  return isBeyondDoubt(scores) ? scores.character.charCodeAt(0) : undefined;
}

function withCell<T>(strip: Strip, place: Place, look: (grey: Float32Array) => T): T {
  const cell = cellAt(strip, place);
  try {
    return look(cell);
  } finally {
    cell.fill(0);
  }
}
