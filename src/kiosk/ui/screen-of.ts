import type { Screen } from '../protocol.ts';

/** The screen of one state, as its component's property. */
export type Shows<At extends Screen['at']> = { readonly screen: Extract<Screen, { at: At }> };
