/** Evidence of who holds the card, and 利用登録. */
import { X509Certificate } from 'node:crypto';
import { japanDay } from '../../clinic/japan-time.ts';
import type {
  CardStanding,
  IdentityEvidence,
  IdentityProved,
  Registered,
  RelayRound,
  RelayStep,
} from '../../eligibility/gateway-types.ts';
import type { HolderProof, Method } from '../../reception/ports.ts';
import { answer, refuse } from './answers.ts';
import type { Answer } from './once.ts';
import type { GatewayReception } from './receptions.ts';
import type { Service, ServiceRoom } from './services.ts';
import { authenticateTerminal, type TerminalStep } from './terminal-authentication.ts';
import { verifyHolder } from './verify-holder.ts';

/** A challenge lies in a reader's memory no longer than a reception takes at its longest. */
const CHALLENGE_GOOD_FOR_MS = 600_000;

export function identityServices(room: ServiceRoom): { relay: Service; proveIdentity: Service; register: Service } {
  const { issuerDer, revocationOf, terminal, people, receptions, now, maintenance, ofReception } = room;
  const authority = { certificate: new X509Certificate(issuerDer), revocationOf };
  const relays = new Map<string, { round: number; next: (answers: readonly Uint8Array[]) => TerminalStep }>();
  const jpkiServes = () => !maintenance().some(({ part }) => part === 'jpki');

  /** @returns what the card may be used for, or the refusal */
  async function prove(reception: GatewayReception, method: Method, proof: HolderProof): Promise<CardStanding | Answer> {
    const { receptionId, challenge } = reception;
    if (reception.method) return refuse(409, 'proof-refused', receptionId, 'the challenge has been used');
    if (now().getTime() - Date.parse(reception.openedAt) > CHALLENGE_GOOD_FOR_MS)
      return refuse(409, 'proof-refused', receptionId, 'the challenge is too old');
    const verdict = await verifyHolder(proof, challenge, authority, now());
    if (!verdict.ok) return refuse(verdict.code === 'unavailable' ? 503 : 422, verdict.code, receptionId, verdict.message);
    const card = people.bySerial(verdict.serialNumber);
    if (card?.channel && !card.linked) {
      // Registered, but the card was renewed: whose it is only the service of the certificates can tell.
      if (!jpkiServes()) return refuse(409, 'jpki-maintenance', receptionId);
      people.link(verdict.serialNumber);
    }
    receptions.prove(receptionId, method, verdict.serialNumber, verdict.inGrace);
    return {
      scope: verdict.inGrace ? 'qualification-only' : 'all',
      registered: card?.channel != null,
      certificateEndsOn: dayInJapan(verdict.certificateEnd),
    };
  }

  return {
    relay: ofReception(async (reception, { receptionId, body }) => {
      const { round, answers } = body as RelayRound;
      if (round === 0) relays.set(receptionId, { round: 0, next: authenticateTerminal(terminal, reception.challenge) });
      const relay = relays.get(receptionId);
      if (relay?.round !== round) return refuse(409, 'request-invalid', receptionId, 'not the round that is next');
      relay.round++;
      const step = relay.next(answers.map((one) => Buffer.from(one, 'hex')));
      if (step.at === 'commands') {
        const commands = step.commands.map((command) => Buffer.from(command).toString('hex'));
        return answer<RelayStep>(200, { receptionId, round, at: 'commands', commands });
      }
      relays.delete(receptionId);
      if (step.at === 'refused') return refuse(422, 'card-refused', receptionId, step.message);
      const standing = await prove(reception, 'face', step.proof);
      return 'status' in standing ? standing : answer<RelayStep>(200, { receptionId, round, at: 'proved', standing });
    }),

    proveIdentity: ofReception(async (reception, { receptionId, body }) => {
      const evidence = body as IdentityEvidence;
      const proof = { certificate: base64(evidence.certificate), signature: base64(evidence.signature) };
      const standing = await prove(reception, 'pin', proof);
      return 'status' in standing ? standing : answer<IdentityProved>(200, { receptionId, proved: 'pin', standing });
    }),

    register: ofReception((reception, { receptionId }) => {
      if (!reception.serialNumber) return refuse(409, 'not-proved', receptionId);
      const card = people.bySerial(reception.serialNumber);
      if (!card) return refuse(422, 'person-unknown', receptionId);
      if (!card.channel) {
        if (!jpkiServes()) return refuse(409, 'jpki-maintenance', receptionId);
        people.register(card.personaId, 'reader', now());
        people.link(reception.serialNumber);
      }
      const { registeredAt } = people.bySerial(reception.serialNumber) ?? card;
      return answer<Registered>(200, { receptionId, registeredAt: registeredAt ?? now().toISOString() });
    }),
  };
}

/** `YYYY-MM-DD` */
function dayInJapan(at: Date): string {
  return japanDay(at).replace(/(....)(..)(..)/, '$1-$2-$3');
}

function base64(text: string): Buffer {
  return Buffer.from(text, 'base64');
}
