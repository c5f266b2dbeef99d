import type { Page } from 'playwright-core';
import { catalogue, faultCodes } from '../../src/faults/catalogue.ts';
import type { Screen } from '../../src/kiosk/protocol.ts';
import type { WaitReason } from '../../src/reception/ports.ts';
import { ja } from '../../src/texts/ja.ts';

/** One picture of the kiosk: a screen, and what is done to it before the picture is taken. */
export type Shot = {
  readonly name: string;
  readonly screen: Screen;
  /** Results wait for the clinic's folder. */
  readonly waitsFor?: WaitReason;
  /** Waited on the page's own clock. */
  readonly afterMs?: number;
  readonly touch?: (page: Page) => Promise<void>;
};

const reader = { source: 'reader' } as const;
const done = { at: 'done', method: 'face', validity: '1', handOver: 'handed-over' } as const;
const pin = { at: 'entering-pin', triesLeft: 3, digits: 0, rejected: false, face: 'open' } as const;

export const ordinaryShots: readonly Shot[] = [
  { name: 'idle', screen: { at: 'idle' } },
  { name: 'reading', screen: { at: 'reading' } },
  { name: 'choosing', screen: { at: 'choosing', face: 'open', pin: 'open' } },
  { name: 'choosing-pin-locked', screen: { at: 'choosing', face: 'open', pin: 'pin-locked' } },
  { name: 'choosing-no-portrait', screen: { at: 'choosing', face: 'no-portrait', pin: 'open' } },
  { name: 'choosing-none', screen: { at: 'choosing', face: 'face-off', pin: 'pin-absent' } },
  { name: 'matching-face', screen: { at: 'matching-face', hint: 'look-here', capture: reader, pin: 'open' } },
  { name: 'matching-face-dark', screen: { at: 'matching-face', hint: 'too-dark', capture: reader, pin: 'pin-locked' } },
  { name: 'matching-face-comparing', screen: { at: 'matching-face', hint: 'comparing', capture: reader, pin: 'open' } },
  { name: 'matching-face-behind', screen: { at: 'matching-face', hint: 'light-behind', capture: reader, pin: 'pin-locked' } },
  { name: 'matching-face-turn-left', screen: { at: 'matching-face', hint: 'turn-left', capture: reader, pin: 'open' } },
  { name: 'matching-face-turn-right', screen: { at: 'matching-face', hint: 'turn-right', capture: reader, pin: 'open' } },
  { name: 'face-retry', screen: { at: 'face-retry', code: 'FACE-401', pin: 'open' } },
  { name: 'face-retry-turn', screen: { at: 'face-retry', code: 'FACE-407', pin: 'open' } },
  { name: 'face-retry-pin-locked', screen: { at: 'face-retry', code: 'FACE-402', pin: 'pin-locked' } },
  { name: 'warning-last-try', screen: { at: 'warning-last-try', face: 'open' } },
  { name: 'warning-last-try-no-face', screen: { at: 'warning-last-try', face: 'no-portrait' } },
  { name: 'entering-pin', screen: pin },
  { name: 'entering-pin-2-of-4', screen: { ...pin, digits: 2 } },
  { name: 'entering-pin-complete', screen: { ...pin, digits: 4, triesLeft: 2, face: 'face-off' } },
  { name: 'entering-pin-rejected', screen: { ...pin, triesLeft: 2, rejected: true } },
  { name: 'entering-pin-in-order', screen: pin, touch: async (page) => page.locator('.order').click() },
  { name: 'typing-code', screen: { at: 'typing-code', digits: 0, pin: 'open' } },
  {
    name: 'typing-code-8-of-14',
    screen: { at: 'typing-code', digits: 8, pin: 'pin-locked' },
    touch: async (page) => {
      for (const digit of '55021720') await page.locator('.key.digit', { hasText: digit }).click();
    },
  },
  { name: 'verifying-pin', screen: { at: 'verifying-pin' } },
  { name: 'proving', screen: { at: 'proving', method: 'face' } },
  { name: 'consenting', screen: { at: 'consenting' } },
  {
    name: 'consenting-each',
    screen: { at: 'consenting' },
    touch: async (page) => {
      await page.locator('.answers .button').nth(1).click();
      await page.locator('.toggle').first().click();
      await page.locator('.toggle').nth(2).click();
    },
  },
  { name: 'querying', screen: { at: 'querying' } },
  { name: 'querying-3s', screen: { at: 'querying' }, afterMs: 3100 },
  { name: 'querying-7s', screen: { at: 'querying' }, afterMs: 7100 },
  { name: 'recording', screen: { at: 'recording' }, afterMs: 7100 },
  { name: 'done', screen: { ...done, cardGone: false } },
  { name: 'done-card-gone', screen: { ...done, cardGone: true } },
  { name: 'done-later', screen: { ...done, handOver: 'will-be-handed-over', cardGone: false } },
  { name: 'interrupted', screen: { at: 'interrupted', code: 'CARD-101' } },
  { name: 'take-card', screen: { at: 'take-card', accepted: true } },
  { name: 'take-card-not-accepted', screen: { at: 'take-card', accepted: false } },
  { name: 'unavailable', screen: { at: 'unavailable', code: 'MOD-202' } },
];

/** Every fault of the catalogue with all of its offers: the longest that its screen can be. */
const faultShots: readonly Shot[] = faultCodes.map((code) => ({
  name: `stopped-${code}`,
  screen: { at: 'stopped', code, offers: catalogue[code].offers },
}));

/** Every reason for which results can wait. */
const waitShots: readonly Shot[] = (Object.keys(ja.waits.reasons) as WaitReason[]).map((waitsFor) => ({
  name: `idle-${waitsFor}`,
  screen: { at: 'idle' },
  waitsFor,
}));

export const everyShot: readonly Shot[] = [...ordinaryShots, ...faultShots, ...waitShots];
