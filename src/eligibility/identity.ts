/** Evidence of who holds the card: a signature by the card, made after its PIN or by the gateway's own commands. */
import { failed, ok, type Result } from '../faults/result.ts';
import type { FaceDecision, HolderProof } from '../reception/ports.ts';
import type { Asking } from './eligibility-query.ts';
import type { CardStanding, IdentityEvidence, IdentityProved, RelayRound, RelayStep } from './gateway-types.ts';

export async function provePin(
  { exchange, receptionId, trace }: Asking,
  key: string,
  proof: HolderProof,
  signal: AbortSignal,
): Promise<Result<CardStanding>> {
  const body: IdentityEvidence = { method: 'pin', certificate: base64(proof.certificate), signature: base64(proof.signature) };
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
  return proved.value.proved === 'pin'
    ? ok(proved.value.standing)
    : failed('GATE-503', 'another method was proved than was asked');
}

export type RelayAnswer =
  | { readonly at: 'commands'; readonly commands: readonly Uint8Array[] }
  | { readonly at: 'proved'; readonly standing: CardStanding };

/** One face reception's rounds: takes what the card answered to the commands before, at first nothing. */
export function relayRounds({ exchange, receptionId, trace }: Asking, nextKey: (change: string) => string) {
  let round = 0;
  return async (decision: FaceDecision, answers: readonly Uint8Array[], signal: AbortSignal): Promise<Result<RelayAnswer>> => {
    round = answers.length === 0 ? 0 : round + 1;
    if (!decision.matched) return failed('GATE-507', 'no face match to give evidence of');
    const { score, threshold, frames, liveness, model } = decision;
    const match = { matched: true, score, threshold, frames, liveness, model } as const;
    const body: RelayRound = { round, decision: match, answers: answers.map(hex) };
    const [key, boundMs] = [nextKey('relay'), exchange.limits.relayMs];
    const step = await exchange.ask<RelayStep>({ operation: 'relay', receptionId, trace, signal, body, key, boundMs });
    if (!step.ok) return step;
    if (step.value.round !== round) return failed('GATE-503', 'the answer belongs to another round');
    if (step.value.at === 'proved') return ok({ at: 'proved', standing: step.value.standing });
    return ok({ at: 'commands', commands: step.value.commands.map((command) => Buffer.from(command, 'hex')) });
  };
}

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
