/** Evidence of who holds the card: a signature by it, made after its own check of the holder or by the gateway's own commands. */
import { failed, ok, type Result } from '../faults/result.ts';
import type { FaceDecision, GatewaySession, HolderProof, Standing, VisualCheck } from '../reception/ports.ts';
import type { Asking } from './eligibility-query.ts';
import type { IdentityEvidence, IdentityProved, RelayEvidence, RelayRound, RelayStep } from './gateway-types.ts';

export async function proveHolder(
  { exchange, receptionId, trace }: Asking,
  key: string,
  proof: HolderProof,
  method: IdentityEvidence['method'],
  signal: AbortSignal,
): Promise<Result<Standing>> {
  const body: IdentityEvidence = { method, certificate: base64(proof.certificate), signature: base64(proof.signature) };
  const boundMs = exchange.limits.evidenceMs;
  const proved = await exchange.ask<IdentityProved>({
    operation: 'proveIdentity',
    receptionId,
    trace,
    signal,
    body,
    key,
    boundMs,
  });
  if (!proved.ok) return proved;
  return proved.value.proved === method
    ? ok(proved.value.standing)
    : failed('GATE-503', 'another method was proved than was asked');
}

/** One reception's rounds: takes what the card answered to the commands before, at first nothing. */
export function relayRounds(
  { exchange, receptionId, trace }: Asking,
  nextKey: (change: string) => string,
): GatewaySession['relay'] {
  let round = 0;
  return async (evidence, answers, signal) => {
    round = answers.length === 0 ? 0 : round + 1;
    const decision = relayEvidence(evidence);
    if (!decision) return failed('GATE-507', 'no face match to give evidence of');
    const body: RelayRound = { round, decision, answers: answers.map(hex) };
    const [key, boundMs] = [nextKey('relay'), exchange.limits.relayMs];
    const step = await exchange.ask<RelayStep>({ operation: 'relay', receptionId, trace, signal, body, key, boundMs });
    if (!step.ok) return step;
    if (step.value.round !== round) return failed('GATE-503', 'the answer belongs to another round');
    if (step.value.at === 'proved') return ok({ at: 'proved', standing: step.value.standing });
    return ok({ at: 'commands', commands: step.value.commands.map((command) => Buffer.from(command, 'hex')) });
  };
}

function relayEvidence(evidence: FaceDecision | VisualCheck): RelayEvidence | undefined {
  if ('approver' in evidence) return { approver: evidence.approver };
  const { matched, score, threshold, frames, liveness, model } = evidence;
  return matched ? { matched, score, threshold, frames, liveness, model } : undefined;
}

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
