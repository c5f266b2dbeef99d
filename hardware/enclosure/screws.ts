/** Where screws hold the enclosure together (layout.json), and what room their bosses take. Millimetres. */
import { type Parts, readParts } from '../parts.ts';
import type { Box, Layout } from './layout.ts';

/** A boss stands on the base plate's upper face: the board's are part of the plate, the lid's of the shell. */
export type Boss = { readonly holds: 'board' | 'lid'; readonly at: readonly [x: number, y: number]; readonly highMm: number };

/** @returns six for the base plate, which is the enclosure's lid, and one under each of the board's four holes */
export function bossesOf({ screws, places, wallMm }: Layout, { parts }: Parts = readParts()): readonly Boss[] {
  const board = places['board'];
  const boardHigh = parts.find(({ id }) => id === 'board')?.sizeMm?.[2];
  if (!board || boardHigh === undefined) throw new Error('the board has no place or no size');
  const [x, y, z] = board.atMm;
  return [
    ...screws.lid.atMm.map((at) => ({ holds: 'lid', at, highMm: screws.lid.highMm }) as const),
    ...screws.board.fromMiddleMm.map(
      ([right, back]) => ({ holds: 'board', at: [x + right, y + back], highMm: z - boardHigh / 2 - wallMm }) as const,
    ),
  ];
}

/** The room of a boss, as a square block around it. */
export function boxOfBoss({ holds, at: [x, y], highMm }: Boss, { screws, wallMm }: Layout): Box {
  const half = screws[holds].bossMm / 2;
  const [low, high] = [wallMm, wallMm + highMm];
  return {
    id: `boss (${holds})`,
    x: [x - half, x + half],
    outline: [
      [y - half, low],
      [y + half, low],
      [y + half, high],
      [y - half, high],
    ],
  };
}
