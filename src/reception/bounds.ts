import type { FaultCode } from '../faults/catalogue.ts';
import type { State } from './state.ts';

type Bound = {
  /** How long the state may last, in milliseconds. */
  readonly ms: number;
  /** What it means when it did. */
  readonly code: FaultCode;
};

/** So long before the end of the time to answer a patient is told, and can have it anew by one touch. */
export const WARNING_MS = 20_000;

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
  'asking-staff': { ms: 180_000, code: 'TIME-801' },
  'verifying-staff': { ms: 15_000, code: 'STAFF-853' },
  'verifying-pin': { ms: 20_000, code: 'PIN-303' },
  proving: { ms: 60_000, code: 'GATE-502' },
  'offering-registration': { ms: 90_000, code: 'TIME-801' },
  registering: { ms: 45_000, code: 'GATE-502' },
  'qualification-only': { ms: 60_000, code: 'TIME-801' },
  asking: { ms: 120_000, code: 'TIME-801' },
  querying: { ms: 60_000, code: 'GATE-502' },
  recording: { ms: 15_000, code: 'REC-701' },
  'recording-pending': { ms: 15_000, code: 'REC-701' },
  done: { ms: 5_000, code: 'TIME-801' },
  pending: { ms: 30_000, code: 'TIME-801' },
  stopped: { ms: 60_000, code: 'TIME-801' },
  interrupted: { ms: 8_000, code: 'TIME-801' },
  'take-card': { ms: 5_000, code: 'TIME-801' },
};

/** `done` stays longer where there is more to read than that it went well. */
const NOTICE_MS = 12_000;

/** Who comes after a minute is somebody else, and begins anew. */
const UNREAD_MS = 60_000;

export function boundOf(state: State): Bound | undefined {
  if (state.at === 'idle') return state.unread === undefined ? undefined : { ms: UNREAD_MS, code: 'TIME-801' };
  const noticed = state.at === 'done' && (state.cutShort || state.reception.certificateDays !== undefined);
  return noticed ? { ms: NOTICE_MS, code: 'TIME-801' } : bounds[state.at];
}

/** Who is warned must have had time before. */
export function isWarnedBefore(bound: Bound): boolean {
  return bound.code === 'TIME-801' && bound.ms >= 2 * WARNING_MS;
}
