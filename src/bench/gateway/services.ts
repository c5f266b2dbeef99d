/**
 * What the bench gateway does for each operation of the protocol: it verifies for real, and answers from its
 * databases. Requests have been checked against the document before they come here.
 */
import { X509Certificate } from 'node:crypto';
import type {
  Consent,
  ConsentRecorded,
  EligibilityAbnormal,
  EligibilityAnswered,
  EligibilityInProgress,
  Health,
  IdentityEvidence,
  IdentityProved,
  OpenedReception,
  ReceptionOpening,
  Refusal,
  RefusalCode,
  RelayRound,
  RelayStep,
} from '../../eligibility/gateway-types.ts';
import type { OperationId } from '../../eligibility/protocol.ts';
import type { HolderProof, Method } from '../../reception/ports.ts';
import type { ConsentItem } from '../../reception/qualification.ts';
import type { GatewayControls } from './controls.ts';
import type { Answer } from './once.ts';
import type { InsuredPerson, People } from './people.ts';
import { qualificationsOf } from './qualification-of.ts';
import type { GatewayReception, GatewayReceptions } from './receptions.ts';
import { authenticateTerminal, type Terminal, type TerminalStep } from './terminal-authentication.ts';
import { verifyHolder } from './verify-holder.ts';

export type ServiceOptions = {
  readonly authority: { readonly certificateDer: Uint8Array; crl(): Uint8Array };
  readonly terminal: Terminal;
  readonly people: People;
  readonly receptions: GatewayReceptions;
  readonly controls: GatewayControls;
  readonly random: (length: number) => Uint8Array;
  readonly now: () => Date;
};

type Asked = { readonly device: string; readonly receptionId: string; readonly body: unknown };
export type Services = Record<OperationId, (asked: Asked) => Answer>;

/** 10 digits, invented: prefecture 99 does not exist. */
const INSTITUTION_CODE = '9919999999';
const CONSENT_ITEMS: readonly ConsentItem[] = ['medicines', 'checkups', 'treatment', 'surgery'];
const RETRY_AFTER_MS = 1_000;
/** The terminal authentication is ours: every answer that speaks of it says so. */
const standIn = { simulated: true, terminalAuthentication: 'stand-in' } as const;

export function createServices(options: ServiceOptions): Services {
  const { authority, terminal, people, receptions, controls, random, now } = options;
  const certificate = new X509Certificate(authority.certificateDer);
  const relays = new Map<string, { round: number; next: (answers: readonly Uint8Array[]) => TerminalStep }>();

  /** Services of a reception that this reader has opened. */
  function ofReception(serve: (reception: GatewayReception, asked: Asked) => Answer) {
    return (asked: Asked): Answer => {
      const reception = receptions.find(asked.receptionId, asked.device);
      return reception ? serve(reception, asked) : refuse(404, 'reception-unknown', asked.receptionId);
    };
  }

  function prove(reception: GatewayReception, method: Method, proof: HolderProof): Answer | undefined {
    const { receptionId, challenge } = reception;
    if (reception.method) return refuse(409, 'proof-refused', receptionId, 'the challenge has been used');
    const verdict = verifyHolder(proof, challenge, { certificate, crl: authority.crl() }, now());
    if (!verdict.ok) return refuse(verdict.code === 'unavailable' ? 503 : 422, verdict.code, receptionId, verdict.message);
    if (!people.bySerial(verdict.serialNumber)) return refuse(422, 'card-not-registered', receptionId);
    receptions.prove(receptionId, method, verdict.serialNumber);
    return undefined;
  }

  return {
    health: () => answer<Health>(200, { status: 'serving', ...standIn }),

    openReception({ device, body }) {
      const { receptionId } = body as ReceptionOpening;
      const challenge = random(32);
      if (!receptions.open(receptionId, device, challenge)) return refuse(409, 'request-invalid', receptionId, 'opened before');
      return answer<OpenedReception>(201, {
        receptionId,
        challenge: Buffer.from(challenge).toString('base64'),
        facility: { medicalInstitutionCode: INSTITUTION_CODE, consentItems: [...CONSENT_ITEMS] },
        ...standIn,
      });
    },

    relay: ofReception((reception, { receptionId, body }) => {
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
      return prove(reception, 'face', step.proof) ?? answer<RelayStep>(200, { receptionId, round, at: 'proved' });
    }),

    proveIdentity: ofReception((reception, { receptionId, body }) => {
      const evidence = body as IdentityEvidence;
      const proof = { certificate: base64(evidence.certificate), signature: base64(evidence.signature) };
      return prove(reception, 'pin', proof) ?? answer<IdentityProved>(200, { receptionId, proved: 'pin' });
    }),

    recordConsent: ofReception((reception, { receptionId, body }) => {
      if (!reception.method) return refuse(409, 'not-proved', receptionId);
      const { items } = body as Consent;
      const at = now();
      receptions.consent(receptionId, items, at);
      return answer<ConsentRecorded>(200, { receptionId, items, recordedAt: at.toISOString() });
    }),

    eligibility: ofReception((reception, { receptionId }) => {
      const person = reception.serialNumber ? people.bySerial(reception.serialNumber) : undefined;
      if (!person) return refuse(409, 'not-proved', receptionId);
      if (!reception.consents || !reception.consentedAt)
        return refuse(409, 'request-invalid', receptionId, 'no consent recorded');
      if (controls.inProgress > 0) {
        controls.inProgress--;
        return answer<EligibilityInProgress>(202, { receptionId, SegmentOfResult: '2', retryAfterMs: RETRY_AFTER_MS });
      }
      if (controls.abnormal) return answer<EligibilityAbnormal>(200, { receptionId, SegmentOfResult: '9', ...abnormalEnd });
      return answer<EligibilityAnswered>(200, eligibilityOf(receptionId, person, reception.consents, reception.consentedAt));
    }),
  };
}

/** The one error code that public text gives as an example; its meaning is not published. */
const abnormalEnd = { ErrorCode: 'OQC-OWSE0900000', ErrorMessage: '模擬ゲートウェイの異常終了です' };

function eligibilityOf(receptionId: string, person: InsuredPerson, consents: string, consentedAt: string): EligibilityAnswered {
  const items = JSON.parse(consents) as ConsentItem[];
  return {
    receptionId,
    SegmentOfResult: '1',
    QualificationValidity: person.validity,
    ResultOfQualificationConfirmation: qualificationsOf(person, items, new Date(consentedAt)),
  };
}

function answer<Body extends object>(status: number, body: Body): Answer {
  return { status, body };
}

export function refuse(status: number, code: RefusalCode, receptionId?: string, message?: string): Answer {
  const body: Refusal = { code };
  if (receptionId !== undefined) body.receptionId = receptionId;
  if (message !== undefined) body.message = message;
  return { status, body };
}

function base64(text: string): Buffer {
  return Buffer.from(text, 'base64');
}
