import { catalogue, type FaultCode, type Offer } from '../faults/catalogue.ts';
import type { QualificationValidity } from './qualification.ts';
import type { Reception, State } from './state.ts';

/** After this many face attempts without a match the other ways are offered instead. */
const FACE_ATTEMPTS = 3;
export const PIN_DIGITS = 4;
/** 照合番号B: birth (6), expiry (4), security code (4). */
export const CODE_B_DIGITS = 14;
/** The facility password, so that twelve keys are enough to type it. */
export const PASSWORD_DIGITS = { least: 6, most: 12 } as const;

/** Whether a way is still open to this patient with this card. */
export const faceOpen = (reception: Reception): boolean => reception.face && reception.faceAttempts < FACE_ATTEMPTS;
export const pinOpen = ({ pin }: Reception): boolean => pin.at === 'ready' && pin.triesLeft > 0;

const patientsTurn: readonly State['at'][] = [
  'choosing',
  'matching-face',
  'face-retry',
  'warning-last-try',
  'entering-pin',
  'typing-code',
  'asking-staff',
  'offering-registration',
  'qualification-only',
  'asking',
];

/** Whether the reader waits for the patient in the middle of a reception: nothing is at work that must not be cut. */
export const isPatientsTurn = ({ at }: State): boolean => patientsTurn.includes(at);

const beforeIdentity: readonly State['at'][] = [
  'choosing',
  'matching-face',
  'face-retry',
  'warning-last-try',
  'entering-pin',
  'typing-code',
  'asking-staff',
];

/** Whether staff may confirm the person by eye at this moment. */
export function visualOpen(state: State): boolean {
  if (!('reception' in state) || !state.reception.visual) return false;
  return beforeIdentity.includes(state.at) || (state.at === 'stopped' && state.offers.includes('visual'));
}

/** Whether the next card may begin although a screen still says how the last one went. */
export const isFree = (state: State): boolean =>
  state.at === 'idle' || state.at === 'interrupted' || ((state.at === 'done' || state.at === 'pending') && state.cardGone);

/** Whether the reader keeps still: whatever its module tells, no reception begins. */
export const isResting = (state: State): boolean =>
  state.at === 'unavailable' && (state.code === 'SYS-904' || state.code === 'SYS-905');

/** What the screen of a fault offers next: what the catalogue lists, less what this card cannot do any more. */
export function offersFor(code: FaultCode, reception: Reception): readonly Offer[] {
  const open: Partial<Record<Offer, boolean>> = {
    face: faceOpen(reception),
    pin: pinOpen(reception),
    visual: reception.visual,
  };
  return catalogue[code].offers.filter((offer) => open[offer] ?? true);
}

/** Only a valid eligibility (1) and 医療扶助 before its registration (6) look like a success; the clinic is told of all. */
export function outcomeOf(validity: QualificationValidity): 'accepted' | FaultCode {
  switch (validity) {
    case '1':
    case '6':
      return 'accepted';
    case '2':
      return 'ELIG-602';
    case '3':
      return 'ELIG-605';
    case '4':
      return 'ELIG-601';
    case '5':
      return 'ELIG-603';
  }
}
