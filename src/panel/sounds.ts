/**
 * The tones of each sound. They stay between 500 and 2 500 Hz: what is higher is the first to go with age, and what is
 * lower a small piezo does not give. Rising tones are good news, falling ones ask for help.
 */
import type { Sound } from '../reception/ports.ts';
import type { Note } from './panel-messages.ts';

const C5 = 523;
const E5 = 659;
const G5 = 784;
const A5 = 880;
const C6 = 1047;

const rest = (ms: number): Note => ({ hz: 0, ms });

const tones: Readonly<Record<Exclude<Sound, 'take-card'>, readonly Note[]>> = {
  placed: [{ hz: A5, ms: 90 }],
  success: [
    { hz: C5, ms: 120 },
    { hz: E5, ms: 120 },
    { hz: G5, ms: 120 },
    { hz: C6, ms: 240 },
  ],
  help: [{ hz: G5, ms: 220 }, rest(60), { hz: E5, ms: 320 }],
};

/** From this urgency on a reminder rises no further. */
const MOST_URGENT = 6;
const WHOLE_TONE = 2 ** (1 / 6);

/** @param urgency 0 as always; a reminder's calls come faster, higher and more often with it. At most eight notes. */
export function notesOf(sound: Sound, urgency: number): readonly Note[] {
  return sound === 'take-card' ? reminder(Math.min(MOST_URGENT, Math.max(0, urgency))) : tones[sound];
}

/** Two calls at first, four at last, a whole tone higher each time. */
function reminder(urgency: number): readonly Note[] {
  const call = { hz: Math.round(A5 * WHOLE_TONE ** urgency), ms: 200 - 15 * urgency };
  const calls = Array.from({ length: 2 + Math.ceil(urgency / 3) }, () => call);
  return calls.flatMap((one, index) => (index === 0 ? [one] : [rest(120 - 10 * urgency), one]));
}
