import { failed, ok, type Result } from '../faults/result.ts';
import type { FaceDecision, GatewaySession, HolderProof, RelayStep as Step } from '../reception/ports.ts';
import type { ConsentItem, EligibilityAnswer } from '../reception/qualification.ts';
import type { Exchange } from './exchange.ts';
import type {
  Consent,
  ConsentRecorded,
  EligibilityInProgress,
  EligibilityResult,
  IdentityEvidence,
  IdentityProved,
  OpenedReception,
  ReceptionOpening,
  RelayRound,
  RelayStep,
} from './gateway-types.ts';

/** However short a gateway's hint is, it is not asked more often than this. */
const SHORTEST_RETRY_MS = 250;

/** Opens the reception at the gateway; the keys of all its changes begin with its id, so that they can be told apart. */
export async function openSession(exchange: Exchange, receptionId: string, signal: AbortSignal): Promise<Result<GatewaySession>> {
  let changes = 0;
  const nextKey = (change: string) => `${receptionId}.${change}.${++changes}`;
  const body: ReceptionOpening = { receptionId };
  const opened = await exchange.within(exchange.limits.openMs, signal, (bound) =>
    exchange.ask<OpenedReception>({ operation: 'openReception', receptionId, signal: bound, body, key: nextKey('open') }),
  );
  if (!opened.ok) return opened;
  return ok({
    challenge: Buffer.from(opened.value.challenge, 'base64'),
    provePin: (proof, signal) => provePin(exchange, receptionId, nextKey('identity'), proof, signal),
    relay: relayRounds(exchange, receptionId, nextKey),
    eligibility: (consents, signal) => eligibility(exchange, receptionId, nextKey('consent'), consents, signal),
  });
}

async function provePin(
  exchange: Exchange,
  receptionId: string,
  key: string,
  proof: HolderProof,
  signal: AbortSignal,
): Promise<Result<void>> {
  const body: IdentityEvidence = { method: 'pin', certificate: base64(proof.certificate), signature: base64(proof.signature) };
  const proved = await exchange.within(exchange.limits.evidenceMs, signal, (bound) =>
    exchange.ask<IdentityProved>({ operation: 'proveIdentity', receptionId, signal: bound, body, key }),
  );
  if (!proved.ok) return proved;
  return proved.value.proved === 'pin' ? ok() : failed('GATE-503', 'another method was proved than was asked');
}

function relayRounds(exchange: Exchange, receptionId: string, nextKey: (change: string) => string) {
  let round = 0;
  return async (decision: FaceDecision, answers: readonly Uint8Array[], signal: AbortSignal): Promise<Result<Step>> => {
    round = answers.length === 0 ? 0 : round + 1;
    if (!decision.matched) return failed('GATE-507', 'no face match to give evidence of');
    const { score, threshold, frames, model } = decision;
    const body: RelayRound = { round, decision: { matched: true, score, threshold, frames, model }, answers: answers.map(hex) };
    const key = nextKey('relay');
    const step = await exchange.within(exchange.limits.relayMs, signal, (bound) =>
      exchange.ask<RelayStep>({ operation: 'relay', receptionId, signal: bound, body, key }),
    );
    if (!step.ok) return step;
    if (step.value.round !== round) return failed('GATE-503', 'the answer belongs to another round');
    if (step.value.at === 'proved') return ok({ at: 'proved' });
    return ok({ at: 'commands', commands: step.value.commands.map((command) => Buffer.from(command, 'hex')) });
  };
}

function eligibility(
  exchange: Exchange,
  receptionId: string,
  key: string,
  consents: readonly ConsentItem[],
  signal: AbortSignal,
): Promise<Result<EligibilityAnswer>> {
  return exchange.within(exchange.limits.eligibilityMs, signal, async (bound) => {
    const body: Consent = { items: [...consents] };
    const recorded = await exchange.ask<ConsentRecorded>({ operation: 'recordConsent', receptionId, signal: bound, body, key });
    if (!recorded.ok) return recorded;
    if (!sameItems(recorded.value.items, consents)) return failed('GATE-503', 'other consents were recorded than were given');
    for (;;) {
      const answered = await exchange.ask<EligibilityResult | EligibilityInProgress>({
        operation: 'eligibility',
        receptionId,
        signal: bound,
      });
      if (!answered.ok) return answered;
      if (answered.value.SegmentOfResult !== '2') return eligibilityAnswer(answered.value);
      await exchange.pause(Math.max(SHORTEST_RETRY_MS, answered.value.retryAfterMs), bound);
      if (bound.aborted) return failed('GATE-502', 'stopped');
    }
  });
}

function eligibilityAnswer(result: EligibilityResult): Result<EligibilityAnswer> {
  if (result.SegmentOfResult === '9') {
    const { ErrorCode, ErrorMessage } = result;
    // The national format gives no validity with an abnormal end; 4 (none found) claims the least.
    return ok({ segmentOfResult: '9', errorCode: ErrorCode, errorMessage: ErrorMessage, validity: '4', qualifications: [] });
  }
  const { QualificationValidity: validity, ResultOfQualificationConfirmation: qualifications } = result;
  if ((validity === '1' || validity === '6') && qualifications.length === 0) {
    return failed('GATE-503', 'a valid qualification that is not there');
  }
  return ok({ segmentOfResult: '1', validity, qualifications });
}

function sameItems(left: readonly ConsentItem[], right: readonly ConsentItem[]): boolean {
  return left.length === right.length && left.every((item) => right.includes(item));
}

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
