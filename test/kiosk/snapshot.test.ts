import { describe, expect, test } from 'vitest';
import type { Screen } from '../../src/kiosk/protocol.ts';
import { type ScreenContext, screenOf } from '../../src/kiosk/snapshot.ts';
import { NOTHING_ASKED } from '../../src/reception/questions.ts';
import type { Reception, State } from '../../src/reception/state.ts';

const reception: Reception = {
  id: '01hzy-k7m2qx',
  pin: { at: 'ready', triesLeft: 3 },
  carrier: 'card',
  face: true,
  visual: true,
  faceAttempts: 0,
  hurry: false,
};
const confirmed = { reception, method: 'face' } as const;
const finishing = { ...confirmed, given: NOTHING_ASKED, cardGone: false, cutShort: false } as const;
const prescriptions = [{ id: 'p-1', issuedOn: '2026-04-01', institution: 'かざす内科クリニック' }];
const context: ScreenContext = { capture: undefined, faceReady: true, prescriptions: () => prescriptions };
const capture = { source: 'page', nonce: '00112233445566778899aabbccddeeff' } as const;
const subsidy = { ask: 'subsidy' } as const;
const dispensing = { ask: 'dispensing', count: 1 } as const;

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
    { at: 'choosing', face: 'open', pin: 'open', visual: true },
  ],
  [
    { at: 'matching-face', reception, hint: 'come-closer' },
    { at: 'matching-face', hint: 'come-closer', capture: { source: 'reader' }, pin: 'open' },
  ],
  [
    { at: 'face-retry', reception, code: 'FACE-401' },
    { at: 'face-retry', code: 'FACE-401', pin: 'open', visual: true },
  ],
  [
    { at: 'warning-last-try', reception },
    { at: 'warning-last-try', face: 'open', visual: true },
  ],
  [
    { at: 'entering-pin', reception, triesLeft: 2, digits: 1, rejected: true },
    { at: 'entering-pin', triesLeft: 2, digits: 1, rejected: true, face: 'open', visual: true },
  ],
  [
    { at: 'typing-code', reception, digits: 6 },
    { at: 'typing-code', digits: 6, pin: 'open' },
  ],
  [
    { at: 'asking-staff', reception, digits: 2 },
    { at: 'asking-staff', digits: 2, least: 6, most: 12 },
  ],
  [
    { at: 'asking-staff', reception, digits: 0, triesLeft: 2 },
    { at: 'asking-staff', digits: 0, least: 6, most: 12, triesLeft: 2 },
  ],
  [{ at: 'verifying-staff', reception }, { at: 'verifying-staff' }],
  [{ at: 'verifying-pin', reception, triesLeft: 2 }, { at: 'verifying-pin' }],
  [
    { at: 'proving', reception, method: 'pin' },
    { at: 'proving', method: 'pin' },
  ],
  [{ at: 'offering-registration', ...confirmed }, { at: 'offering-registration' }],
  [{ at: 'registering', ...confirmed }, { at: 'registering' }],
  [{ at: 'qualification-only', ...confirmed }, { at: 'qualification-only' }],
  [
    { at: 'asking', ...confirmed, questions: [subsidy, dispensing], given: NOTHING_ASKED },
    { at: 'asking', question: subsidy },
  ],
  [
    { at: 'asking', ...confirmed, questions: [dispensing], given: NOTHING_ASKED },
    { at: 'asking', question: dispensing, prescriptions },
  ],
  [
    { at: 'querying', ...finishing },
    { at: 'querying', cardGone: false },
  ],
  [
    { at: 'recording', ...finishing, validity: '1', cardGone: true },
    { at: 'recording', cardGone: true },
  ],
  [
    { at: 'recording-pending', ...finishing, code: 'GATE-502' },
    { at: 'recording', cardGone: false },
  ],
  [
    { at: 'done', ...finishing, validity: '6', handOver: 'handed-over', cardGone: true, cutShort: true },
    { at: 'done', method: 'face', validity: '6', handOver: 'handed-over', cardGone: true, cutShort: true },
  ],
  [
    { at: 'done', ...finishing, reception: { ...reception, certificateDays: 60 }, validity: '1', handOver: 'handed-over' },
    {
      ...{ at: 'done', method: 'face', validity: '1', handOver: 'handed-over', cardGone: false, cutShort: false },
      certificateDays: 60,
    },
  ],
  [
    { at: 'pending', ...finishing, code: 'GATE-501' },
    { at: 'pending', code: 'GATE-501', number: 'K7M2QX', cardGone: false },
  ],
  [
    { at: 'stopped', reception, code: 'GATE-501', offers: ['staff'] },
    { at: 'stopped', code: 'GATE-501', offers: ['staff'] },
  ],
  [
    { at: 'take-card', reception, accepted: true, reminders: 3 },
    { at: 'take-card', accepted: true, reminders: 3 },
  ],
];

describe('the screen is a function of the state', () => {
  test.each(projections)('%o', (state, screen) => {
    expect(screenOf(state, context)).toEqual(screen);
  });

  test('prescriptions are read only where they are asked about', () => {
    const unread = { ...context, prescriptions: () => expect.unreachable() };
    for (const [state, screen] of projections) if (!('prescriptions' in screen)) expect(screenOf(state, unread)).toEqual(screen);
  });

  test('nothing of the reception itself is sent to the page', () => {
    for (const [state] of projections) expect(JSON.stringify(screenOf(state, context))).not.toContain(reception.id);
  });

  test('while a camera is open its capture is named', () => {
    expect(screenOf({ at: 'matching-face', reception, hint: 'hold-still' }, { ...context, capture })).toMatchObject({
      capture,
    });
  });
});

describe('a way that is closed says why', () => {
  const choosing = (change: Partial<Reception>, faceReady = true) =>
    screenOf({ at: 'choosing', reception: { ...reception, ...change } }, { ...context, faceReady });

  test.each([
    [{ pin: { at: 'locked' } }, { face: 'open', pin: 'pin-locked' }],
    [{ pin: { at: 'ready', triesLeft: 0 } }, { face: 'open', pin: 'pin-locked' }],
    [{ pin: { at: 'absent' } }, { face: 'open', pin: 'pin-absent' }],
    [{ face: false }, { face: 'no-portrait', pin: 'open' }],
  ] as const)('%o', (change, ways) => {
    expect(choosing(change)).toEqual({ at: 'choosing', ...ways, visual: true });
  });

  test('a reader that cannot compare faces closes face for everybody', () => {
    expect(choosing({}, false)).toEqual({ at: 'choosing', face: 'face-off', pin: 'open', visual: true });
  });
});
