import type { Clock } from '../../clock.ts';
import { concat } from '../card/bytes.ts';
import type { PeerWire } from './peer-wire.ts';

/**
 * The speed of a serial line, which neither a pseudo-terminal nor a cable in memory has of itself: when a byte
 * that the host wrote has come in, and when a byte of the module may be seen by the host. Times are absolute
 * deadlines, one after the other: a timer that fires late does not push back what follows it.
 */
export type Uart = {
  /** Milliseconds for one character. */
  readonly characterMs: number;
  /** The host has just written `count` bytes. Returns when the first of them begins to come in. */
  arrival(count: number): number;
  /**
   * Puts bytes on the line after all that are on it, the first beginning at `fromMs` (now when absent), which may
   * have passed: a simulator that was late catches up. Returns when the last byte is due at the host.
   */
  send(bytes: Uint8Array, fromMs?: number): number;
  /** Takes off the line what has not yet reached the host. */
  cut(): void;
  /** Goes on at another speed; call it when nothing is on the line. */
  setBaudRate(baudRate: number): void;
};

export type UartOptions = {
  readonly baudRate: number;
  /** Start, data, parity and stop bits together: 11 for 8N2, 10 for 8N1. */
  readonly bitsPerCharacter: number;
  /** False: a line without a speed. */
  readonly paced: boolean;
};

/** Bytes that become visible together, as from a UART's own buffer. */
const CHUNK = 64;
/** Below this a deadline counts as reached: floating-point sums differ by less. */
const TOLERANCE_MS = 0.001;

export function createUart(clock: Clock, wire: PeerWire, options: UartOptions): Uart {
  let characterMs = characterMsAt(options.baudRate);
  let incomingUntilMs = 0;
  let outgoingUntilMs = 0;
  let line: { readonly bytes: Uint8Array; readonly dueMs: number }[] = [];
  let cancelTimer: (() => void) | undefined;

  function characterMsAt(baudRate: number): number {
    return options.paced ? (options.bitsPerCharacter * 1000) / baudRate : 0;
  }

  function deliver(): void {
    cancelTimer = undefined;
    const due = line.filter(({ dueMs }) => dueMs <= clock.now() + TOLERANCE_MS);
    line = line.slice(due.length);
    if (due.length > 0) wire.write(concat(...due.map(({ bytes }) => bytes)));
    const next = line[0];
    if (next !== undefined) cancelTimer = clock.after(next.dueMs - clock.now(), deliver);
  }

  return {
    get characterMs() {
      return characterMs;
    },

    arrival(count) {
      const startMs = Math.max(clock.now(), incomingUntilMs);
      incomingUntilMs = startMs + count * characterMs;
      return startMs;
    },

    send(bytes, fromMs = clock.now()) {
      const startMs = Math.max(fromMs, outgoingUntilMs);
      for (let at = 0; at < bytes.length; at += CHUNK) {
        const chunk = bytes.slice(at, at + CHUNK);
        line.push({ bytes: chunk, dueMs: startMs + (at + chunk.length) * characterMs });
      }
      outgoingUntilMs = startMs + bytes.length * characterMs;
      if (cancelTimer === undefined) deliver();
      return outgoingUntilMs;
    },

    cut() {
      cancelTimer?.();
      cancelTimer = undefined;
      line = [];
      outgoingUntilMs = clock.now();
    },

    setBaudRate(baudRate) {
      characterMs = characterMsAt(baudRate);
    },
  };
}
