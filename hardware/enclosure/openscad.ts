/** The enclosure's figures for OpenSCAD, which reads no JSON. */
import { type Parts, readParts } from '../parts.ts';
import { type Layout, readLayout } from './layout.ts';

/** @returns layout.scad, which enclosure.scad includes */
export function layoutForOpenscad(layout: Layout = readLayout(), { parts }: Parts = readParts()): string {
  const places = Object.entries(layout.places).map(([id, { atMm, raisedDeg }]) => {
    const part = parts.find((each) => each.id === id);
    return `  [${[quoted(id), quoted(part?.name ?? id), list(part?.sizeMm ?? []), list(atMm), raisedDeg].join(', ')}]`;
  });
  return [
    '// Made from layout.json and parts.json by `npm run -s hardware`; millimetres and degrees.',
    `width = ${layout.widthMm};`,
    `wall = ${layout.wallMm};`,
    `profile = [${layout.profile.map(list).join(', ')}];`,
    '// id, name, size, middle, raised',
    `places = [\n${places.join(',\n')}\n];`,
    `card_at = ${list(layout.card.atMm)};`,
    `card_size = ${list(layout.card.sizeMm)};`,
    '',
  ].join('\n');
}

const list = (values: readonly number[]) => `[${values.join(', ')}]`;
const quoted = (words: string) => `"${words}"`;
