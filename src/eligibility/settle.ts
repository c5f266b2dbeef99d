/**
 * After an outage: what became of a reception whose answer was lost. The gateway tells how far it came there and takes
 * nothing more of it, so that a request that is still on its way cannot change that afterwards. What the patient had
 * answered goes along where it was kept, since it may never have arrived. Where a consent was recorded the eligibility is
 * asked for again: it is answered late, and once.
 */
import type { FaultCode } from '../faults/catalogue.ts';
import { ok, type Result } from '../faults/result.ts';
import type { Method } from '../reception/ports.ts';
import type { EligibilityAnswer } from '../reception/qualification.ts';
import type { Given } from '../reception/questions.ts';
import type { GatewayLedger } from '../records/gateway-ledger.ts';
import { consentOf, givenOf } from './consent.ts';
import { untilAnswered } from './eligibility-query.ts';
import type { Exchange } from './exchange.ts';
import type { Settled, Settlement as SettlementRequest } from './gateway-types.ts';

export type Settlement =
  /** The gateway holds nothing of it that a clinic could see. */
  | { readonly receptionId: string; readonly at: 'nothing' }
  | {
      readonly receptionId: string;
      readonly at: 'answered';
      readonly method: Method;
      /** Who confirmed by eye. */
      readonly approver?: string;
      readonly given: Given;
      /** ISO 8601 */
      readonly consentedAt: string;
      readonly answer: EligibilityAnswer;
    };

/** Keeps what was settled; only then is it no longer open. It may be called again for the same reception. */
export type KeepSettlement = (settlement: Settlement) => Result<void>;

/** @param given what the patient had answered, where that was kept. Faults: GATE-501…504, GATE-508, REC-701, those of `keep`. */
export async function settle(
  { exchange, ledger }: { readonly exchange: Exchange; readonly ledger: GatewayLedger | undefined },
  receptionId: string,
  keep: KeepSettlement,
  signal: AbortSignal,
  given?: Given,
): Promise<Result<void>> {
  const settlement = await ask(exchange, receptionId, signal, given);
  if (!settlement.ok) return settlement;
  const kept = keep(settlement.value);
  return kept.ok ? closeAll(ledger, receptionId) : kept;
}

/** What the patient of a reception had answered, where that was kept. */
export type KeptAnswers = (receptionId: string) => Given | undefined;

/** Away, refused, or no room here: the rest would fail alike. Any other fault is of one reception. */
const STANDS_IN_THE_WAY: readonly FaultCode[] = ['GATE-501', 'GATE-502', 'GATE-504', 'REC-701'];

/** Settles every reception with an unanswered change. One that cannot be settled does not keep the others: its fault is
 *  returned at the end. */
export async function reconcile(
  gateway: { readonly exchange: Exchange; readonly ledger: GatewayLedger | undefined },
  keep: KeepSettlement,
  signal: AbortSignal,
  keptAnswers: KeptAnswers = () => undefined,
): Promise<Result<void>> {
  const open = gateway.ledger?.unanswered() ?? ok([]);
  if (!open.ok) return open;
  let outcome: Result<void> = ok();
  for (const receptionId of new Set(open.value.map((one) => one.receptionId))) {
    const settled = await settle(gateway, receptionId, keep, signal, keptAnswers(receptionId));
    if (settled.ok) continue;
    outcome = settled;
    if (STANDS_IN_THE_WAY.includes(settled.fault.code)) break;
  }
  return outcome;
}

async function ask(
  exchange: Exchange,
  receptionId: string,
  signal: AbortSignal,
  kept: Given | undefined,
): Promise<Result<Settlement>> {
  const body: SettlementRequest = { reason: 'answer-lost', ...(kept && { consent: consentOf(kept) }) };
  // With answers it is another change than without, and so has another key.
  const key = kept ? `${receptionId}.settle.answered` : `${receptionId}.settle`;
  const [trace, boundMs] = [exchange.newTrace(), exchange.limits.changeMs];
  const settled = await exchange.ask<Settled>({
    ...{ operation: 'settle', receptionId, trace, signal, body, key, boundMs },
    staysOpen: true,
  });
  if (!settled.ok) return settled;
  const { method, approver, consent, consentedAt } = settled.value;
  if (!method || !consent || !consentedAt) return ok({ receptionId, at: 'nothing' });
  const answer = await exchange.within(exchange.limits.eligibilityMs, signal, (bound) =>
    untilAnswered({ exchange, receptionId, trace }, bound),
  );
  if (!answer.ok) return answer;
  const identity = { method, ...(approver === undefined ? {} : { approver }) };
  return ok({ receptionId, at: 'answered', ...identity, given: givenOf(consent), consentedAt, answer: answer.value });
}

/** What the gateway has settled needs no answer any more. */
function closeAll(ledger: GatewayLedger | undefined, receptionId: string): Result<void> {
  const open = ledger?.unanswered() ?? ok([]);
  if (!open.ok) return open;
  for (const { key } of open.value.filter((one) => one.receptionId === receptionId)) {
    const closed = ledger?.answered(key) ?? ok();
    if (!closed.ok) return closed;
  }
  return ok();
}
