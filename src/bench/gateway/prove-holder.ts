/** What a proof of identity is worth for this reception: the holder's own, of use still, and made in the way that is said. */
import { japanDay } from '../../clinic/japan-time.ts';
import type { CardStanding } from '../../eligibility/gateway-types.ts';
import type { HolderProof, Method } from '../../reception/ports.ts';
import { refuse } from './answers.ts';
import { methodFault } from './method-fault.ts';
import type { Answer } from './once.ts';
import type { KnownCard } from './people.ts';
import type { GatewayReception } from './receptions.ts';
import type { ServiceRoom } from './service-room.ts';
import { standingOf } from './standing.ts';
import { type Authority, verifyHolder } from './verify-holder.ts';

/** How identity is said to have been confirmed. `approver`: with `visual` alone. */
export type Evidence = { readonly method: Method; readonly approver?: string };

/** A challenge lies in a reader's memory no longer than a reception takes at its longest. */
const CHALLENGE_GOOD_FOR_MS = 600_000;

export function createProveHolder(room: ServiceRoom, authority: Authority) {
  const { people, receptions, now, jpkiServes } = room;

  /** Why a card that is its holder's own cannot be used all the same. */
  function cardFault(receptionId: string, card: KnownCard, { method }: Evidence, inGrace: boolean): Answer | undefined {
    const phone = card.carrier !== 'card';
    if (card.cardEndsOn < japanDay(now()))
      return phone
        ? refuse(422, 'phone-refused', receptionId, 'the card that it was issued for has expired')
        : refuse(422, 'card-expired', receptionId, 'the card itself has expired');
    const unfit = methodFault(method, card);
    if (unfit !== undefined) return refuse(422, 'proof-refused', receptionId, `${method}: ${unfit}`);
    if (phone && inGrace)
      return refuse(422, 'phone-refused', receptionId, 'the months after the certificate’s end need the card');
    // Registered, but the card was renewed: whose it is only the service of the certificates can tell.
    if (card.channel && !card.linked && !jpkiServes()) return refuse(409, 'jpki-maintenance', receptionId);
    return undefined;
  }

  /** @returns what the card may be used for, or the refusal */
  return async (reception: GatewayReception, evidence: Evidence, proof: HolderProof): Promise<CardStanding | Answer> => {
    const { receptionId, challenge, device } = reception;
    if (reception.method) return refuse(409, 'proof-refused', receptionId, 'the challenge has been used');
    if (now().getTime() - Date.parse(reception.openedAt) > CHALLENGE_GOOD_FOR_MS)
      return refuse(409, 'proof-refused', receptionId, 'the challenge is too old');
    const verdict = await verifyHolder(proof, challenge, authority, now());
    const { serialNumber } = verdict;
    const card = serialNumber === undefined ? undefined : people.bySerial(serialNumber);
    const fault = card && cardFault(receptionId, card, evidence, verdict.ok && verdict.inGrace);
    if (fault) return fault;
    if (!verdict.ok) return refuse(verdict.code === 'unavailable' ? 503 : 422, verdict.code, receptionId, verdict.message);
    const { certificateEnd, inGrace } = verdict;
    if (card?.channel) people.link(verdict.serialNumber);
    const proved = { serialNumber: verdict.serialNumber, certificateEnd, qualificationOnly: inGrace };
    receptions.prove(receptionId, { ...evidence, ...proved });
    return standingOf(room, receptions.find(receptionId, device) ?? reception);
  };
}
