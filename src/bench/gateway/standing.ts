import type { CardStanding } from '../../eligibility/gateway-types.ts';
import { askableOf } from './askable.ts';
import { isoDay } from './iso-day.ts';
import type { GatewayReception } from './receptions.ts';
import type { ServiceRoom } from './service-room.ts';

type Room = Pick<ServiceRoom, 'people' | 'receptions' | 'prescriptions' | 'controls' | 'now'>;

/** What the card of this reception may be used for, and what its holder can be asked; identity has been proved. Of the
 *  prescriptions it remembers which it told of, and in which order. */
export function standingOf(
  { people, receptions, prescriptions, controls, now }: Room,
  { receptionId, serialNumber, certificateEnd, qualificationOnly }: GatewayReception,
): CardStanding {
  if (serialNumber === null || certificateEnd === null) throw new Error('identity has not been proved');
  const person = people.bySerial(serialNumber);
  const standing: CardStanding = {
    scope: qualificationOnly ? 'qualification-only' : 'all',
    registered: person?.channel != null,
    certificateEndsOn: isoDay(new Date(certificateEnd)),
  };
  if (!person?.channel || qualificationOnly) return standing;
  const askable = askableOf(person, controls.facility, prescriptions, now());
  receptions.offer(
    receptionId,
    askable.prescriptions.map(({ id }) => id),
  );
  return { ...standing, askable };
}
