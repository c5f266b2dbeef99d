/**
 * A panel that speaks the least of Firmata, for what the real firmware never does: calling itself something else, falling
 * silent, answering late. What it is asked to show, it notes.
 */
import type { PtyLine } from '../../src/bench/module/pty-line.ts';

export type FirmataPeer = {
  /** Sysex messages of our own that came, without F0 and F7. */
  readonly heard: readonly (readonly number[])[];
  /** Resolves when the first byte has come: whoever sends it has opened the line. */
  readonly spokenTo: Promise<void>;
  /** From now on nothing is answered. */
  fallSilent(): void;
  /** Sends a sysex message of our own, without F0 and F7. */
  say(...bytes: readonly number[]): void;
};

const PINS = 20;
const twice = (text: string) => [...Buffer.from(text, 'latin1')].flatMap((byte) => [byte & 0x7f, byte >> 7]);

/** Lets a panel answer on the line. @param name as it calls itself */
export function attachFirmataPeer({ peer }: PtyLine, name = 'kazasu-panel 0123456789ab'): FirmataPeer {
  const heard: number[][] = [];
  const spokenTo = Promise.withResolvers<void>();
  let silent = false;
  let sysex: number[] | undefined;
  const answer = (...bytes: readonly number[]) => silent || peer.write(Uint8Array.from(bytes));
  const wholeSysex = ([command = -1, ...rest]: number[]) => {
    if (command === 0x79) answer(0xf0, 0x79, 1, 0, ...twice(name), 0xf7);
    // Every pin: input, pull-up and PWM.
    else if (command === 0x6b) answer(0xf0, 0x6c, ...Array.from({ length: PINS }, () => [0, 1, 11, 1, 3, 8, 0x7f]).flat(), 0xf7);
    else if (command === 0x69) answer(0xf0, 0x6a, ...Array.from({ length: PINS }, () => 0x7f), 0xf7);
    else if (command === 0x04) answer(0xf0, 0x04, ...rest, 0xf7);
    if (command < 0x10) heard.push([command, ...rest]);
  };
  peer.onBytes((bytes) => {
    spokenTo.resolve();
    for (const byte of bytes) {
      if (byte === 0xf0) sysex = [];
      else if (byte === 0xf7 && sysex) {
        wholeSysex(sysex);
        sysex = undefined;
      } else if (sysex) sysex.push(byte);
      else if (byte === 0xf9) answer(0xf9, 2, 6);
    }
  });
  return {
    heard,
    spokenTo: spokenTo.promise,
    say: (...bytes) => void answer(0xf0, ...bytes, 0xf7),
    fallSilent() {
      silent = true;
    },
  };
}
