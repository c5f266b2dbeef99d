import { frameTrials } from './frame-trials.ts';
import { messageTrials } from './message-trials.ts';
import type { ParserTrial } from './parser-trial.ts';
import { signedTrials } from './signed-trials.ts';

/** Every parser that reads what a line, a card or a gateway says. */
export const trials: readonly ParserTrial[] = [...frameTrials, ...messageTrials, ...signedTrials];
