/** What passes between the reader and the process that holds the panel's line. Pad keys have a pipe of their own. */
import type { Fault } from '../faults/result.ts';

export type RingEffect = 'off' | 'steady' | 'breathe' | 'spin' | 'blink';

/** What the ring of lights does until it is told otherwise; the panel runs the effect by itself. */
export type Ring = {
  readonly effect: RingEffect;
  /** Red, green, blue, 0…255 each. */
  readonly colour: readonly [number, number, number];
  /** Of one turn, breath or blink. */
  readonly periodMs: number;
};

/** 0 Hz is a rest. */
export type Note = { readonly hz: number; readonly ms: number };

/** All that lasts on the panel; always sent whole, so that nothing of it depends on what was sent before. */
export type Look = {
  readonly ring: Ring;
  /** The screen's, 0…255. */
  readonly backlight: number;
};

export type PanelOrder =
  | { readonly do: 'show'; readonly look: Look }
  | { readonly do: 'play'; readonly notes: readonly Note[] }
  /** To be sent to the panel and back: shows that process, line and panel live. */
  | { readonly do: 'echo' };

export type PanelNews =
  /** `build`: the id of the program on the panel. */
  | { readonly at: 'ready'; readonly build: string }
  | { readonly at: 'failed'; readonly fault: Fault }
  | { readonly at: 'echoed' }
  | { readonly at: 'case'; readonly open: boolean }
  | { readonly at: 'presence'; readonly somebody: boolean };

/** A pad key as one byte: the character on the key (ASCII), with the highest bit while it goes down. */
export const KEY_DOWN = 0x80;

/** The descriptor of that process on which it tells of pad keys. */
export const KEY_PIPE = 4;
