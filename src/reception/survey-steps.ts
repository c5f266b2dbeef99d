/** What a first look at the card leads to: the choice, the phone's own way, or another placing. */
import type { FaultCode } from '../faults/catalogue.ts';
import type { Event } from './event.ts';
import { begin } from './identity-steps.ts';
import { faceOpen, pinOpen } from './rules.ts';
import type { Reception } from './state.ts';
import { type Step, stop, to } from './step.ts';

export function surveyed(before: Reception, { result, faceReady, visual }: Extract<Event, { type: 'surveyed' }>): Step {
  if (!result.ok) return cannotBeRead(before, result.fault.code);
  const { pin, portrait, carrier } = result.value;
  const { unread: _, ...known } = before;
  const reception: Reception = { ...known, pin, carrier, face: portrait && faceReady, visual: portrait && visual };
  if (reception.gatewayFault) return stop({ reception }, reception.gatewayFault);
  switch (carrier) {
    case 'card':
      return faceOpen(reception) || pinOpen(reception) || reception.visual
        ? to({ at: 'choosing', reception })
        : stop({ reception }, whyNothingIsOpen(reception, portrait));
    // Nothing is to be chosen: the phone has asked its owner, or asks for its PIN here.
    case 'iphone':
      return to({ at: 'proving', reception, method: 'phone-bio' }, { do: 'prove', method: 'phone-bio' });
    case 'android-phone':
      return pinOpen(reception) ? begin(reception, 'pin') : stop({ reception }, 'PIN-302');
  }
}

/** What placing the card again may mend. */
const placedAgain: readonly FaultCode[] = ['CARD-102', 'CARD-103', 'CARD-104'];
/** So often in a row; then the patient is led on instead. */
const UNREAD_LIMIT = 3;

export function cannotBeRead(reception: Reception, code: FaultCode): Step {
  if (!placedAgain.includes(code)) return stop({ reception }, code);
  const unread = (reception.unread ?? 0) + 1;
  return stop({ reception: { ...reception, unread } }, unread < UNREAD_LIMIT ? code : 'CARD-112');
}

/** Said at once, with what to show at the desk, where there is nothing to choose. */
function whyNothingIsOpen({ pin }: Reception, portrait: boolean): FaultCode {
  if (pin.at === 'locked') return 'PIN-302';
  return portrait ? 'FACE-403' : 'FACE-404';
}
