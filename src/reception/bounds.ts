import type { FaultCode } from '../faults/catalogue.ts';
import type { State } from './state.ts';

type Bound = {
  /** How long the state may last, in milliseconds. */
  readonly ms: number;
  /** What it means when it did. */
  readonly code: FaultCode;
};

/**
 * The bound of every state that must not last. For a patient they are the time to answer; for the machine they
 * are the backstop behind the shorter bounds of the part at work. `idle` and `unavailable` may last.
 */
const bounds: Partial<Record<State['at'], Bound>> = {
  reading: { ms: 15_000, code: 'CARD-102' },
  choosing: { ms: 60_000, code: 'TIME-801' },
  'matching-face': { ms: 30_000, code: 'FACE-402' },
  'face-retry': { ms: 45_000, code: 'TIME-801' },
  'warning-last-try': { ms: 60_000, code: 'TIME-801' },
  'entering-pin': { ms: 60_000, code: 'TIME-801' },
  'typing-code': { ms: 120_000, code: 'TIME-801' },
  'verifying-pin': { ms: 20_000, code: 'PIN-303' },
  proving: { ms: 60_000, code: 'GATE-502' },
  consenting: { ms: 120_000, code: 'TIME-801' },
  querying: { ms: 60_000, code: 'GATE-502' },
  recording: { ms: 15_000, code: 'REC-701' },
  done: { ms: 5_000, code: 'TIME-801' },
  stopped: { ms: 60_000, code: 'TIME-801' },
  interrupted: { ms: 8_000, code: 'TIME-801' },
  'take-card': { ms: 5_000, code: 'TIME-801' },
};

export function boundOf(state: State): Bound | undefined {
  return bounds[state.at];
}
