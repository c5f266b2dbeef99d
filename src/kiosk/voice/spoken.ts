import type { FaceHint } from '../../reception/ports.ts';
import type { Texts } from '../../texts/index.ts';

/** What the kiosk says aloud: a clip stands ready for each in every language. Never a name, never a digit. */
export type Spoken = FaceHint | 'face-title' | SpokenFault;

const spokenFaults = ['FACE-401', 'FACE-402', 'FACE-407'] as const;
type SpokenFault = (typeof spokenFaults)[number];

export const isSpokenFault = (code: string): code is SpokenFault => spokenFaults.some((each) => each === code);

/** The words of each clip, as they stand on the screen. */
export function spokenWords(texts: Texts): Record<Spoken, string> {
  return {
    ...texts.face.hints,
    'face-title': texts.face.title,
    'FACE-401': texts.faults['FACE-401'].title,
    'FACE-402': texts.faults['FACE-402'].title,
    'FACE-407': texts.faults['FACE-407'].title,
  };
}
