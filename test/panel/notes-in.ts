import type { Note } from '../../src/panel/panel-messages.ts';

/** Fewer waves than this are the end of a note, or the pause after it. */
const LEAST_WAVES = 10;

/** The notes of a wave, from the times at which it rose (ms): as long as each wave takes as long as the one before. */
export function notesIn(rises: readonly number[]): readonly Note[] {
  const notes: { waves: number; ms: number }[] = [];
  rises.slice(1).forEach((rise, index) => {
    const ms = rise - (rises[index] ?? 0);
    const note = notes.at(-1);
    if (note && isAlike(ms, note.ms / note.waves)) {
      note.waves++;
      note.ms += ms;
    } else notes.push({ waves: 1, ms });
  });
  return notes.filter(({ waves }) => waves >= LEAST_WAVES).map(({ waves, ms }) => ({ hz: (1_000 * waves) / ms, ms }));
}

const isAlike = (ms: number, other: number) => Math.abs(ms - other) < 0.03 * other;
