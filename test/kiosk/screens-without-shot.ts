import { faultCodes } from '../../src/faults/catalogue.ts';
import type { Screen } from '../../src/kiosk/protocol.ts';
import type { Question } from '../../src/reception/questions.ts';
import { everyShot } from './every-screen.ts';

/** Every screen that the reader can ask for: a new one that is missing here does not compile. */
const screens: Record<Exclude<Screen['at'], 'asking' | 'stopped'>, true> = {
  idle: true,
  unavailable: true,
  reading: true,
  choosing: true,
  'matching-face': true,
  'face-retry': true,
  'warning-last-try': true,
  'entering-pin': true,
  'typing-code': true,
  'asking-staff': true,
  'verifying-staff': true,
  'verifying-pin': true,
  proving: true,
  'offering-registration': true,
  registering: true,
  'qualification-only': true,
  querying: true,
  recording: true,
  done: true,
  pending: true,
  interrupted: true,
  'take-card': true,
};
const questions: Record<Question['ask'], true> = {
  consent: true,
  'specific-diseases': true,
  subsidy: true,
  prescription: true,
  dispensing: true,
};

const nameOf = (screen: Screen): string => {
  if (screen.at === 'asking') return `asking ${screen.question.ask}`;
  return screen.at === 'stopped' ? `stopped ${screen.code}` : screen.at;
};

/** What the kiosk can show and no picture is taken of. */
export const screensWithoutShot: readonly string[] = [
  ...Object.keys(screens),
  ...Object.keys(questions).map((ask) => `asking ${ask}`),
  ...faultCodes.map((code) => `stopped ${code}`),
].filter((name) => !everyShot.some(({ screen }) => nameOf(screen) === name));
