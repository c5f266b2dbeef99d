import type { Question } from '../../reception/questions.ts';
import type { Screen } from '../protocol.ts';

/** The screen of one state, as its component's property. */
export type Shows<At extends Screen['at']> = { readonly screen: Extract<Screen, { at: At }> };

/** One question, as its component's property. */
export type Asks<Ask extends Question['ask']> = { readonly question: Extract<Question, { ask: Ask }> };
