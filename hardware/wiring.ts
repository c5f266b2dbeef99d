/** Draws the wiring of a unit from parts.json and pinout.json. */
import { type Part, type Parts, readParts } from './parts.ts';
import { type PanelPinout, readPanelPinout } from './pinout.ts';

const ROW = 46;
const BOX = { width: 300, height: 34 };
const COLUMN = { supply: 40, board: 330, joined: 640, further: 1080 } as const;
const POWER = '#7a2e00';
const WIRE = '#0017c1';
const INK = '#1a1a1a';

/** @returns an SVG document */
export function drawWiring(parts: Parts = readParts(), panel: PanelPinout = readPanelPinout()): string {
  const unit = drawUnit(parts);
  const pins = drawPins(panel, unit.height + 70);
  const height = unit.height + 70 + pins.height;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1420 ${height}" font-family="Noto Sans CJK JP, sans-serif" font-size="14" fill="${INK}">`,
    '<title>How a unit is wired</title>',
    `<rect width="1420" height="${height}" fill="#fff"/>`,
    ...unit.lines,
    ...pins.lines,
    '</svg>',
    '',
  ].join('\n');
}

type Drawing = { readonly lines: readonly string[]; readonly height: number };

/** The board in the middle; what hangs on it, each with what hangs on that; brown: fed by the 5 V supply itself. */
function drawUnit({ parts }: Parts): Drawing {
  const on = (id: string) => parts.filter(({ joins }) => joins.some(({ to }) => to === id));
  const lines: string[] = [heading(36, 'The unit')];
  let y = 70;
  const top = y;
  for (const part of on('board')) {
    const further = on(part.id);
    lines.push(...box(COLUMN.joined, y, part), link(COLUMN.board + 160, COLUMN.joined, y, linkOf(part, 'board')));
    for (const [index, each] of further.entries()) {
      const at = y + index * ROW;
      lines.push(...box(COLUMN.further, at, each));
      if (index > 0)
        lines.push(
          path(
            [
              [COLUMN.joined + 330, y + 17],
              [COLUMN.joined + 330, at + 17],
            ],
            WIRE,
          ),
        );
      lines.push(link(COLUMN.joined + (index > 0 ? 330 : BOX.width), COLUMN.further, at, linkOf(each, part.id)));
    }
    y += Math.max(1, further.length) * ROW;
  }
  const height = y - top - (ROW - BOX.height);
  lines.push(
    block(COLUMN.board, top, 160, height, 'Board', '5 V by its power input'),
    block(COLUMN.supply, top, 170, height, '5 V supply', 'mains, PSE-marked'),
    path(
      [
        [COLUMN.supply + 170, top + 30],
        [COLUMN.board, top + 30],
      ],
      POWER,
      4,
    ),
    `<text x="${COLUMN.supply}" y="${y + 14}">Thick brown, and a brown edge: fed by the 5 V supply itself. All others are fed by what they are wired to. One common ground.</text>`,
  );
  return { lines, height: y + 20 };
}

function drawPins(panel: PanelPinout, top: number): Drawing {
  const lines = [heading(top, `Front-panel controller: ${panel.controller.part}, ${panel.controller.clockHz / 1e6} MHz`)];
  let y = top + 30;
  for (const { pin, name, to, note } of panel.pins) {
    lines.push(
      `<rect x="40" y="${y}" width="60" height="26" fill="#f1f1f4" stroke="${INK}"/>`,
      `<text x="70" y="${y + 18}" text-anchor="middle" font-weight="700">${inXml(pin)}</text>`,
      path(
        [
          [100, y + 13],
          [330, y + 13],
        ],
        WIRE,
      ),
      `<text x="112" y="${y + 8}" font-size="12">${inXml(name)}</text>`,
      `<text x="340" y="${y + 18}">${inXml(to)}</text>`,
      `<text x="760" y="${y + 18}" fill="#555">${inXml(note)}</text>`,
    );
    y += 34;
  }
  return { lines, height: y - top + 20 };
}

const linkOf = ({ joins }: Part, to: string): string =>
  joins
    .filter((join) => join.to === to)
    .map(({ by }) => by)
    .join(', ');

const heading = (y: number, words: string) => `<text x="40" y="${y}" font-size="22" font-weight="700">${inXml(words)}</text>`;

const box = (x: number, y: number, { name, quantity, fedBy }: Part): readonly string[] => [
  `<rect x="${x}" y="${y}" width="${BOX.width}" height="${BOX.height}" rx="4" fill="#fff" stroke="${fedBy === 'mains' ? POWER : INK}" stroke-width="${fedBy === 'mains' ? 4 : 1.5}"/>`,
  `<text x="${x + 12}" y="${y + 22}">${inXml(name)}${quantity > 1 ? ` × ${quantity}` : ''}</text>`,
];

const block = (x: number, y: number, width: number, height: number, name: string, about: string) =>
  `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="6" fill="#f1f1f4" stroke="${INK}" stroke-width="1.5"/>` +
  `<text x="${x + width / 2}" y="${y + height / 2}" text-anchor="middle" font-size="18" font-weight="700">${inXml(name)}</text>` +
  `<text x="${x + width / 2}" y="${y + height / 2 + 22}" text-anchor="middle" font-size="12">${inXml(about)}</text>`;

const link = (from: number, to: number, y: number, words: string) =>
  `${path(
    [
      [from, y + 17],
      [to, y + 17],
    ],
    WIRE,
  )}<text x="${to - 8}" y="${y + 12}" text-anchor="end" font-size="12">${inXml(words)}</text>`;

const path = (points: readonly (readonly [number, number])[], colour: string, width = 2) =>
  `<polyline points="${points.map((point) => point.join(',')).join(' ')}" fill="none" stroke="${colour}" stroke-width="${width}"/>`;

const inXml = (words: string) => words.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
