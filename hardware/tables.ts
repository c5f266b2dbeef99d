/** The lists that people read, made from parts.json and layout.json. */
import { type Layout, readLayout } from './enclosure/layout.ts';
import { cardSight, counters, faceSights } from './enclosure/sight.ts';
import { loadsOf, type Parts, readParts } from './parts.ts';

/** @returns bill-of-materials.md */
export function billOfMaterials({ parts }: Parts = readParts()): string {
  const rows = parts.map(({ name, quantity, example, alternatives, why, radio }) => [
    `${name}${radio ? ' ※' : ''}`,
    quantity,
    example,
    alternatives.join('; '),
    why,
  ]);
  return `# Bill of materials

From [parts.json](parts.json). No part has been bought or tried; an example says what the unit needs, not what was
found good. Prices and delivery are not listed, because nobody has asked.

${table(['part', 'number', 'example', 'instead', 'why'], rows)}
※ **It radiates.** In Japan a card module that reads without contact may be used only with the 型式指定 that inductive
read/write equipment needs, and anything with Wi-Fi or Bluetooth only with 技術基準適合証明 (技適). A bare NFC board from
abroad has neither. Before the first unit is switched on outside of a shielded room: the module's own number of approval on
paper, and whether it still holds with our antenna place, cable and enclosure. This is the maker's duty; the contact slot
works without it. The board's Wi-Fi and Bluetooth are switched off in the image.
`;
}

/** @returns power-budget.md */
export function powerBudget(parts: Parts = readParts()): string {
  const loads = loadsOf(parts).map(({ supply, limitMa, usualMa, mostMa }) => [
    supply,
    limitMa,
    usualMa,
    mostMa,
    `${Math.round((100 * mostMa) / limitMa)} %`,
  ]);
  const fed = parts.parts.flatMap(({ name, fedBy, currentMa, basis }) =>
    currentMa ? [[name, fedBy ?? '', currentMa.usual, currentMa.most, basis ?? '']] : [],
  );
  return `# Power budget

Milliamperes at 5 V, from [parts.json](parts.json). **Every figure is an estimate; none was measured.** The mains line holds
all of it, since USB and header are fed through the board. A test keeps the most at or under 85 % of each limit.

${table(['supply', 'gives', 'usual', 'most', 'used at most'], loads)}
${table(['part', 'fed by', 'usual', 'most', 'basis'], fed)}`;
}

/** @returns enclosure/sight.md */
export function sightTable(layout: Layout = readLayout()): string {
  const rows = faceSights(layout).map(({ who, counter, spareDeg, faceTallPx, fromBelowDeg }) => [
    who,
    `${counter} (${counters[counter]} mm)`,
    `${spareDeg.toFixed(0)}°`,
    faceTallPx.toFixed(0),
    `${fromBelowDeg.toFixed(0)}°`,
  ]);
  const { spareMm, pxPerMm } = cardSight(layout);
  return `# What the cameras see

Worked out from [layout.json](layout.json) by [sight.ts](sight.ts), with the statures and distances named there. No camera
has looked at anybody. The hinge of the face camera is set once, when the counter is known.

${table(['person', 'counter', 'spare at the picture’s edge', 'face, pixels', 'eyes seen from below by'], rows)}
Whom a camera sees from more than about 30° below, faces are compared badly or not at all: a tall person at a low counter
has to step back or bend, and a low counter suits those who sit. That person has PIN and staff all the same.

The card-front camera sees ${spareMm.map((spare) => spare.toFixed(0)).join(' and ')} mm more than the card on each side, at ${pxPerMm.toFixed(1)} pixels a millimetre.
`;
}

type Cell = string | number;
const table = (head: readonly string[], rows: readonly (readonly Cell[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |\n`).join('');
