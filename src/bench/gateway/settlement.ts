/** After a lost answer: how far a reception came here, and what the patient had answered in it. */
import { isDeepStrictEqual } from 'node:util';
import type { Settled, Settlement } from '../../eligibility/gateway-types.ts';
import { type Asked, answer, refuse } from './answers.ts';
import type { Answer } from './once.ts';
import { consentIn } from './receptions.ts';
import { recordConsent } from './record-consent.ts';
import type { ServiceRoom } from './service-room.ts';

/** A reception that never came here is kept as settled, so that it cannot be opened late. */
export function settle(room: ServiceRoom, { receptionId, device, body }: Asked): Answer {
  const { receptions, now } = room;
  const neverOpened = receptions.open(receptionId, device, new Uint8Array(), now());
  const reception = receptions.find(receptionId, device);
  if (!reception) return refuse(404, 'reception-unknown', receptionId);
  receptions.settle(receptionId, now());
  if (neverOpened || reception.challenge.length === 0) return answer<Settled>(200, { receptionId, at: 'never-opened' });
  const { method, approver } = reception;
  if (!method) return answer<Settled>(200, { receptionId, at: 'opened' });
  const { consent: kept } = body as Settlement;
  if (kept && !isDeepStrictEqual(kept, consentIn(reception))) {
    const refusal = recordConsent(room, reception, kept);
    if (refusal) return refusal;
  }
  const settled = receptions.find(receptionId, device) ?? reception;
  const { consentedAt, answeredAt } = settled;
  const identity = { method, ...(approver === null ? {} : { approver }) };
  const consent = consentIn(settled);
  if (!consent || !consentedAt) return answer<Settled>(200, { receptionId, at: 'proved', ...identity });
  return answer<Settled>(200, { receptionId, at: answeredAt ? 'answered' : 'consented', ...identity, consent, consentedAt });
}
