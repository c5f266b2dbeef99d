import { catalogue, faultCodes } from '../../src/faults/catalogue.ts';
import type { WaitReason } from '../../src/reception/ports.ts';
import { offersFor } from '../../src/reception/rules.ts';
import { ja } from '../../src/texts/ja.ts';
import { questionShots } from './every-question.ts';
import type { Shot } from './shot.ts';

const reader = { source: 'reader' } as const;
const pin = { at: 'entering-pin', triesLeft: 3, digits: 0, rejected: false, face: 'open', visual: true } as const;
const staff = { at: 'asking-staff', digits: 0, least: 6, most: 12 } as const;
const done = {
  at: 'done',
  method: 'face',
  validity: '1',
  handOver: 'handed-over',
  cardGone: false,
  cutShort: false,
} as const;
const pending = { at: 'pending', code: 'GATE-502', number: 'K7M2QX', cardGone: false } as const;

const contact = { module: 'contact' } as const;
const phone = { phone: true } as const;
const hurry = { hurry: true } as const;

const identityShots: readonly Shot[] = [
  { name: 'reading', screen: { at: 'reading' } },
  { name: 'reading-contact', screen: { at: 'reading' }, about: contact },
  { name: 'reading-phone', screen: { at: 'reading' }, about: phone },
  { name: 'choosing', screen: { at: 'choosing', face: 'open', pin: 'open', visual: true } },
  { name: 'choosing-hurry', screen: { at: 'choosing', face: 'open', pin: 'open', visual: true }, about: hurry },
  { name: 'choosing-pin-locked', screen: { at: 'choosing', face: 'open', pin: 'pin-locked', visual: true } },
  { name: 'choosing-no-portrait', screen: { at: 'choosing', face: 'no-portrait', pin: 'open', visual: false } },
  { name: 'choosing-none', screen: { at: 'choosing', face: 'face-off', pin: 'pin-absent', visual: false } },
  { name: 'choosing-staff-alone', screen: { at: 'choosing', face: 'face-off', pin: 'pin-locked', visual: true } },
  { name: 'matching-face', screen: { at: 'matching-face', hint: 'look-here', capture: reader, pin: 'open' } },
  { name: 'matching-face-dark', screen: { at: 'matching-face', hint: 'too-dark', capture: reader, pin: 'pin-locked' } },
  { name: 'matching-face-comparing', screen: { at: 'matching-face', hint: 'comparing', capture: reader, pin: 'open' } },
  { name: 'matching-face-behind', screen: { at: 'matching-face', hint: 'light-behind', capture: reader, pin: 'pin-locked' } },
  { name: 'matching-face-turn-left', screen: { at: 'matching-face', hint: 'turn-left', capture: reader, pin: 'open' } },
  { name: 'matching-face-turn-right', screen: { at: 'matching-face', hint: 'turn-right', capture: reader, pin: 'open' } },
  { name: 'face-retry', screen: { at: 'face-retry', code: 'FACE-401', pin: 'open', visual: true } },
  { name: 'face-retry-unseen', screen: { at: 'face-retry', code: 'FACE-402', pin: 'pin-locked', visual: true } },
  { name: 'face-retry-turn', screen: { at: 'face-retry', code: 'FACE-407', pin: 'open', visual: false } },
  { name: 'warning-last-try', screen: { at: 'warning-last-try', face: 'open', visual: true } },
  { name: 'warning-last-try-no-face', screen: { at: 'warning-last-try', face: 'no-portrait', visual: false } },
  { name: 'entering-pin', screen: pin },
  { name: 'entering-pin-hurry', screen: pin, about: hurry },
  { name: 'entering-pin-2-of-4', screen: { ...pin, digits: 2 } },
  { name: 'entering-pin-complete', screen: { ...pin, digits: 4, triesLeft: 2, face: 'face-off', visual: false } },
  { name: 'entering-pin-rejected', screen: { ...pin, triesLeft: 2, rejected: true } },
  { name: 'entering-pin-in-order', screen: pin, about: { options: { disaster: false, pad: 'in-order' } } },
  { name: 'entering-pin-phone', screen: { ...pin, face: 'no-portrait', visual: false }, about: phone },
  { name: 'typing-code', screen: { at: 'typing-code', digits: 0, pin: 'open' } },
  {
    name: 'typing-code-8-of-14',
    screen: { at: 'typing-code', digits: 8, pin: 'pin-locked' },
    touch: async (page) => {
      for (const digit of '55021720') await page.locator('.key.digit', { hasText: digit }).dispatchEvent('click');
    },
  },
  { name: 'asking-staff', screen: staff },
  { name: 'asking-staff-hurry', screen: { ...staff, digits: 3 }, about: hurry },
  { name: 'asking-staff-rejected', screen: { ...staff, digits: 8, triesLeft: 2 } },
  { name: 'verifying-staff', screen: { at: 'verifying-staff' } },
  { name: 'verifying-pin', screen: { at: 'verifying-pin' } },
  { name: 'verifying-pin-phone', screen: { at: 'verifying-pin' }, about: phone },
  { name: 'proving', screen: { at: 'proving', method: 'face' } },
];

const endingShots: readonly Shot[] = [
  { name: 'querying', screen: { at: 'querying', cardGone: false } },
  { name: 'querying-3s', screen: { at: 'querying', cardGone: false }, afterMs: 3100 },
  { name: 'querying-7s', screen: { at: 'querying', cardGone: false }, afterMs: 7100 },
  { name: 'querying-card-gone', screen: { at: 'querying', cardGone: true }, afterMs: 7100 },
  { name: 'recording', screen: { at: 'recording', cardGone: false }, afterMs: 7100 },
  { name: 'recording-card-gone', screen: { at: 'recording', cardGone: true } },
  { name: 'done', screen: done },
  { name: 'done-phone', screen: { ...done, method: 'phone-pin' }, about: phone },
  { name: 'done-card-gone', screen: { ...done, cardGone: true } },
  { name: 'done-later', screen: { ...done, handOver: 'will-be-handed-over' } },
  { name: 'done-cut-short', screen: { ...done, cardGone: true, cutShort: true } },
  { name: 'done-certificate', screen: { ...done, certificateDays: 60 } },
  { name: 'done-certificate-today', screen: { ...done, certificateDays: 0 } },
  { name: 'done-unregistered', screen: { ...done, validity: '6' } },
  {
    name: 'done-all-at-once',
    screen: { ...done, validity: '6', handOver: 'will-be-handed-over', cardGone: true, cutShort: true, certificateDays: 1 },
  },
  { name: 'pending', screen: pending },
  { name: 'pending-card-gone', screen: { ...pending, cardGone: true } },
  { name: 'interrupted', screen: { at: 'interrupted', code: 'CARD-101' } },
  { name: 'interrupted-contact', screen: { at: 'interrupted', code: 'CARD-101' }, about: contact },
  { name: 'interrupted-not-valid', screen: { at: 'interrupted', code: 'ELIG-602' } },
  { name: 'take-card', screen: { at: 'take-card', accepted: true, reminders: 0 } },
  { name: 'take-card-contact', screen: { at: 'take-card', accepted: true, reminders: 0 }, about: contact },
  { name: 'take-card-phone', screen: { at: 'take-card', accepted: true, reminders: 0 }, about: phone },
  { name: 'take-card-reminded', screen: { at: 'take-card', accepted: true, reminders: 2 } },
  { name: 'take-card-not-accepted', screen: { at: 'take-card', accepted: false, reminders: 1 } },
  { name: 'take-card-left', screen: { at: 'take-card', accepted: true, reminders: 6 } },
  { name: 'take-card-left-contact', screen: { at: 'take-card', accepted: false, reminders: 9 }, about: contact },
  { name: 'unavailable', screen: { at: 'unavailable', code: 'MOD-202' } },
];

const ordinaryShots: readonly Shot[] = [
  { name: 'idle', screen: { at: 'idle' } },
  { name: 'idle-contact', screen: { at: 'idle' }, about: contact },
  { name: 'idle-disaster', screen: { at: 'idle' }, about: { options: { disaster: true, pad: 'scrambled' } } },
  {
    name: 'idle-languages',
    screen: { at: 'idle' },
    touch: async (page) => {
      await page.locator('.language-switch').dispatchEvent('click');
      await page.locator('dialog').waitFor();
    },
  },
  ...identityShots,
  ...questionShots,
  ...endingShots,
];

/** Every fault of the catalogue with all of its offers, and those with fewer where a card allows nothing more. */
const faultShots: readonly Shot[] = faultCodes.flatMap((code) => {
  const none = offersFor(code, {
    ...{ id: '', pin: { at: 'locked' }, carrier: 'card', face: false, visual: false, faceAttempts: 3, hurry: false },
  });
  const { offers } = catalogue[code];
  const shot = { name: `stopped-${code}`, screen: { at: 'stopped', code, offers } } as const;
  return none.length === offers.length
    ? [shot]
    : [shot, { name: `${shot.name}-nothing-open`, screen: { at: 'stopped', code, offers: none } } as const];
});

/** Every reason for which results can wait. */
const waitShots: readonly Shot[] = (Object.keys(ja.waits.reasons) as WaitReason[]).map((waitsFor) => ({
  name: `idle-${waitsFor}`,
  screen: { at: 'idle' },
  about: { waitsFor },
}));

export const everyShot: readonly Shot[] = [...ordinaryShots, ...faultShots, ...waitShots];
