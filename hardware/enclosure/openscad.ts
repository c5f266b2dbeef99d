/** The enclosure's figures for OpenSCAD, which reads no JSON. */
import { type Parts, readParts } from '../parts.ts';
import { type Layout, readLayout } from './layout.ts';
import { bossesOf } from './screws.ts';

/** @returns layout.scad, which enclosure.scad includes */
export function layoutForOpenscad(layout: Layout = readLayout(), allParts: Parts = readParts()): string {
  const { parts } = allParts;
  const places = Object.entries(layout.places).map(([id, { atMm, raisedDeg }]) => {
    const part = parts.find((each) => each.id === id);
    return `  [${[quoted(id), quoted(part?.name ?? id), list(part?.sizeMm ?? []), list(atMm), raisedDeg].join(', ')}]`;
  });
  const bosses = bossesOf(layout, allParts).map(({ holds, at, highMm }) => {
    const { bossMm, coreMm } = layout.screws[holds];
    return `  [${[quoted(holds), list(at), highMm, bossMm, coreMm].join(', ')}]`;
  });
  return [
    '// Made from layout.json and parts.json by `npm run -s hardware`; millimetres and degrees.',
    `width = ${layout.widthMm};`,
    `wall = ${layout.wallMm};`,
    `profile = [${layout.profile.map(list).join(', ')}];`,
    '// id, name, size, middle, raised',
    `places = [\n${places.join(',\n')}\n];`,
    '// what it holds, middle, height, diameter, bore',
    `bosses = [\n${bosses.join(',\n')}\n];`,
    `lid_through = ${layout.screws.lid.throughMm};`,
    `lid_head = ${layout.screws.lid.headMm};`,
    `card_at = ${list(layout.card.atMm)};`,
    `card_size = ${list(layout.card.sizeMm)};`,
    '',
  ].join('\n');
}

const list = (values: readonly number[]) => `[${values.join(', ')}]`;
const quoted = (words: string) => `"${words}"`;
