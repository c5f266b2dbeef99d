/** Evidence of who holds the card, and 利用登録. */
import { X509Certificate } from 'node:crypto';
import type {
  IdentityEvidence,
  IdentityProved,
  Registered,
  RelayEvidence,
  RelayRound,
  RelayStep,
} from '../../eligibility/gateway-types.ts';
import { answer, refuse } from './answers.ts';
import { createProveHolder, type Evidence } from './prove-holder.ts';
import type { Service, ServiceRoom } from './service-room.ts';
import { standingOf } from './standing.ts';
import { authenticateTerminal, type TerminalStep } from './terminal-authentication.ts';

type Relay = {
  round: number;
  /** What the first round gave evidence of. */
  readonly evidence: Evidence;
  readonly next: (answers: readonly Uint8Array[]) => TerminalStep;
};

export function identityServices(room: ServiceRoom): { relay: Service; proveIdentity: Service; register: Service } {
  const { issuerDer, revocationOf, terminal, people, receptions, now, ofReception, jpkiServes } = room;
  const prove = createProveHolder(room, { certificate: new X509Certificate(issuerDer), revocationOf });
  const relays = new Map<string, Relay>();

  return {
    relay: ofReception(async (reception, { receptionId, body }) => {
      const { round, decision, answers } = body as RelayRound;
      if (round === 0) {
        const next = authenticateTerminal(terminal, reception.challenge);
        relays.set(receptionId, { round: 0, evidence: evidenceOf(decision), next });
      }
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
      const standing = await prove(reception, relay.evidence, step.proof);
      return 'status' in standing ? standing : answer<RelayStep>(200, { receptionId, round, at: 'proved', standing });
    }),

    proveIdentity: ofReception(async (reception, { receptionId, body }) => {
      const { method, certificate, signature } = body as IdentityEvidence;
      const proof = { certificate: base64(certificate), signature: base64(signature) };
      const standing = await prove(reception, { method }, proof);
      return 'status' in standing ? standing : answer<IdentityProved>(200, { receptionId, proved: method, standing });
    }),

    register: ofReception((reception, { receptionId }) => {
      const { serialNumber } = reception;
      if (!serialNumber) return refuse(409, 'not-proved', receptionId);
      const card = people.bySerial(serialNumber);
      if (!card) return refuse(422, 'person-unknown', receptionId);
      if (!card.channel) {
        if (card.carrier !== 'card') return refuse(422, 'phone-refused', receptionId, 'the first registration needs the card');
        if (!jpkiServes()) return refuse(409, 'jpki-maintenance', receptionId);
        people.register(card.personaId, 'reader', now());
        people.link(serialNumber);
      }
      const registeredAt = people.bySerial(serialNumber)?.registeredAt ?? now().toISOString();
      const standing = standingOf(room, receptions.find(receptionId, reception.device) ?? reception);
      return answer<Registered>(200, { receptionId, registeredAt, standing });
    }),
  };
}

function evidenceOf(decision: RelayEvidence): Evidence {
  return 'approver' in decision ? { method: 'visual', approver: decision.approver } : { method: 'face' };
}

function base64(text: string): Buffer {
  return Buffer.from(text, 'base64');
}
