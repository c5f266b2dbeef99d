/** What a patient answered, checked against what can be agreed to, and recorded. */
import type { Consent } from '../../eligibility/gateway-types.ts';
import { refuse } from './answers.ts';
import type { Answer } from './once.ts';
import type { GatewayReception } from './receptions.ts';
import type { ServiceRoom } from './service-room.ts';

/** @returns why it is not recorded, or undefined when it is */
export function recordConsent(
  { people, receptions, prescriptions, now }: ServiceRoom,
  reception: GatewayReception,
  consent: Consent,
): Answer | undefined {
  const { receptionId, method, serialNumber, qualificationOnly, offered } = reception;
  if (!method || !serialNumber) return refuse(409, 'not-proved', receptionId);
  if (!people.bySerial(serialNumber)?.channel) return refuse(422, 'card-not-registered', receptionId);
  const { asked, items, dispense = [] } = consent;
  if (qualificationOnly && items.length > 0)
    return refuse(422, 'certificate-expired', receptionId, 'in the three months after its end: the qualification only');
  if (items.some((item) => !asked.includes(item)))
    return refuse(422, 'request-invalid', receptionId, 'agreed to what was not asked');
  const list = JSON.parse(offered ?? '[]') as string[];
  const chosen = dispense.flatMap((place) => list[place] ?? []);
  if (chosen.length < dispense.length) return refuse(422, 'request-invalid', receptionId, 'a prescription that was not offered');
  receptions.consent(receptionId, consent, now());
  prescriptions.dispense(chosen, receptionId);
  return undefined;
}
