/**
 * The panel's own messages inside Firmata's sysex frame F0 … F7, which firmata-io adds and takes off. A value of up to
 * 14 bits is two 7-bit bytes, low one first (`lo hi`). Source: firmware/panel/README.md.
 *
 *   01 (hz lo hi, ms lo hi) × 1…8                          play these notes
 *   02 effect, r lo hi, g lo hi, b lo hi, period lo hi     the ring does this
 *   04                                                     send this back
 *   05 key state                                           from the panel: a pad key (ASCII) went down (1) or up (0)
 */
import { KEY_DOWN, type Note, type Ring, type RingEffect } from './panel-messages.ts';

const TONE = 0x01;
const RING = 0x02;
export const ECHO = 0x04;
export const PAD_KEY = 0x05;

const MOST_NOTES = 8;

const effects: Readonly<Record<RingEffect, number>> = { off: 0, steady: 1, breathe: 2, spin: 3, blink: 4 };

const lowHigh = (value: number): readonly [number, number] => [value & 0x7f, (value >> 7) & 0x7f];

/** The bytes between F0 and F7. */
export function ringMessage({ effect, colour, periodMs }: Ring): number[] {
  return [RING, effects[effect], ...[...colour, periodMs].flatMap(lowHigh)];
}

/** The bytes between F0 and F7, of the first eight notes. */
export function toneMessage(notes: readonly Note[]): number[] {
  return [TONE, ...notes.slice(0, MOST_NOTES).flatMap(({ hz, ms }) => [...lowHigh(hz), ...lowHigh(ms)])];
}

/** @returns the key as one byte (see KEY_DOWN), or undefined when no key of the pad is meant */
export function readPadKey([key, state]: readonly number[]): number | undefined {
  if (key === undefined || !isPadKey(key)) return undefined;
  if (state === 1) return key | KEY_DOWN;
  return state === 0 ? key : undefined;
}

/** `0`…`9`, `*` and `#` */
const isPadKey = (key: number) => (key >= 0x30 && key <= 0x39) || key === 0x2a || key === 0x23;
