import { describe, expect, test } from 'vitest';
import type { Screen } from '../../src/kiosk/protocol.ts';
import { type ScreenContext, screenOf } from '../../src/kiosk/snapshot.ts';
import type { Reception, State } from '../../src/reception/state.ts';

const reception: Reception = { id: 'r-1', pin: { at: 'ready', triesLeft: 3 }, face: true, faceAttempts: 0 };
const context: ScreenContext = { capture: undefined, faceReady: true };
const capture = { source: 'page', nonce: '00112233445566778899aabbccddeeff' } as const;

const projections: readonly (readonly [State, Screen])[] = [
  [{ at: 'idle' }, { at: 'idle' }],
  [
    { at: 'unavailable', code: 'MOD-202' },
    { at: 'unavailable', code: 'MOD-202' },
  ],
  [
    { at: 'interrupted', code: 'CARD-101' },
    { at: 'interrupted', code: 'CARD-101' },
  ],
  [{ at: 'reading', reception }, { at: 'reading' }],
  [
    { at: 'choosing', reception },
    { at: 'choosing', face: 'open', pin: 'open' },
  ],
  [
    { at: 'matching-face', reception, hint: 'come-closer' },
    { at: 'matching-face', hint: 'come-closer', capture: { source: 'reader' }, pin: 'open' },
  ],
  [
    { at: 'face-retry', reception, code: 'FACE-401' },
    { at: 'face-retry', code: 'FACE-401', pin: 'open' },
  ],
  [
    { at: 'warning-last-try', reception },
    { at: 'warning-last-try', face: 'open' },
  ],
  [
    { at: 'entering-pin', reception, triesLeft: 2, digits: 1, rejected: true },
    { at: 'entering-pin', triesLeft: 2, digits: 1, rejected: true, face: 'open' },
  ],
  [
    { at: 'typing-code', reception, digits: 6 },
    { at: 'typing-code', digits: 6, pin: 'open' },
  ],
  [{ at: 'verifying-pin', reception, triesLeft: 2 }, { at: 'verifying-pin' }],
  [
    { at: 'proving', reception, method: 'pin' },
    { at: 'proving', method: 'pin' },
  ],
  [{ at: 'consenting', reception, method: 'face' }, { at: 'consenting' }],
  [{ at: 'querying', reception, method: 'face', consents: ['surgery'] }, { at: 'querying' }],
  [{ at: 'recording', reception, method: 'face', validity: '1', cardGone: false }, { at: 'recording' }],
  [
    { at: 'done', reception, method: 'face', validity: '6', handOver: 'handed-over', cardGone: true },
    { at: 'done', method: 'face', validity: '6', handOver: 'handed-over', cardGone: true },
  ],
  [
    { at: 'stopped', reception, code: 'GATE-501', offers: ['staff'] },
    { at: 'stopped', code: 'GATE-501', offers: ['staff'] },
  ],
  [
    { at: 'take-card', reception, accepted: true },
    { at: 'take-card', accepted: true },
  ],
];

describe('the screen is a function of the state', () => {
  test.each(projections)('%o', (state, screen) => {
    expect(screenOf(state, context)).toEqual(screen);
  });

  test('nothing of the reception itself is sent to the page', () => {
    for (const [state] of projections) expect(JSON.stringify(screenOf(state, context))).not.toContain('r-1');
  });

  test('while a camera is open its capture is named', () => {
    expect(screenOf({ at: 'matching-face', reception, hint: 'hold-still' }, { capture, faceReady: true })).toMatchObject({
      capture,
    });
  });
});

describe('a way that is closed says why', () => {
  const choosing = (change: Partial<Reception>, faceReady = true) =>
    screenOf({ at: 'choosing', reception: { ...reception, ...change } }, { capture: undefined, faceReady });

  test.each([
    [{ pin: { at: 'locked' } }, { face: 'open', pin: 'pin-locked' }],
    [{ pin: { at: 'ready', triesLeft: 0 } }, { face: 'open', pin: 'pin-locked' }],
    [{ pin: { at: 'absent' } }, { face: 'open', pin: 'pin-absent' }],
    [{ face: false }, { face: 'no-portrait', pin: 'open' }],
  ] as const)('%o', (change, ways) => {
    expect(choosing(change)).toEqual({ at: 'choosing', ...ways });
  });

  test('a reader that cannot compare faces closes face for everybody', () => {
    expect(choosing({}, false)).toEqual({ at: 'choosing', face: 'face-off', pin: 'open' });
  });
});
