/** What was answered, and then the eligibility, however long the gateway is at it. */
import { failed, ok, type Result } from '../faults/result.ts';
import type { EligibilityAnswer } from '../reception/qualification.ts';
import type { Given } from '../reception/questions.ts';
import { consentOf } from './consent.ts';
import type { Exchange } from './exchange.ts';
import type { ConsentRecorded, EligibilityInProgress, EligibilityResult } from './gateway-types.ts';
import type { Trace } from './trace.ts';

/** For which reception something is asked. */
export type Asking = { readonly exchange: Exchange; readonly receptionId: string; readonly trace: Trace };

/** However short a gateway's hint is, it is not asked more often than this. */
const SHORTEST_RETRY_MS = 250;

/** Faults: GATE-501…504, GATE-507, GATE-508. */
export function consentThenAnswer(
  asking: Asking,
  key: string,
  given: Given,
  signal: AbortSignal,
): Promise<Result<EligibilityAnswer>> {
  const { exchange, receptionId, trace } = asking;
  const { eligibilityMs, changeMs: boundMs } = exchange.limits;
  return exchange.within(eligibilityMs, signal, async (bound) => {
    const body = consentOf(given);
    const recorded = await exchange.ask<ConsentRecorded>({
      ...{ operation: 'recordConsent', receptionId, trace, signal: bound, body, key, boundMs },
      // Others can see it at the gateway from now on: open until the reception is recorded here, or settled.
      staysOpen: true,
    });
    if (!recorded.ok) return recorded;
    if (!sameItems(recorded.value.items, body.items)) return failed('GATE-503', 'other consents were recorded than were given');
    return untilAnswered(asking, bound);
  });
}

/** Asks until the gateway is no longer at it. Faults: GATE-501…504, GATE-507. */
export async function untilAnswered(
  { exchange, receptionId, trace }: Asking,
  signal: AbortSignal,
): Promise<Result<EligibilityAnswer>> {
  for (;;) {
    const boundMs = exchange.limits.answerMs;
    const answered = await exchange.ask<EligibilityResult | EligibilityInProgress>({
      ...{ operation: 'eligibility', receptionId, trace, signal, boundMs },
    });
    if (!answered.ok) return answered;
    if (answered.value.SegmentOfResult !== '2') return answerOf(answered.value);
    await exchange.pause(Math.max(SHORTEST_RETRY_MS, answered.value.retryAfterMs), signal);
    if (signal.aborted) return failed('GATE-502', 'stopped');
  }
}

function answerOf(result: EligibilityResult): Result<EligibilityAnswer> {
  if (result.SegmentOfResult === '9') {
    const { ErrorCode, ErrorMessage } = result;
    // The national format gives no validity with an abnormal end; 4 (none found) claims the least.
    return ok({ segmentOfResult: '9', errorCode: ErrorCode, errorMessage: ErrorMessage, validity: '4', qualifications: [] });
  }
  const { QualificationValidity: validity, ResultOfQualificationConfirmation: qualifications } = result;
  if ((validity === '1' || validity === '6') && qualifications.length === 0) {
    return failed('GATE-503', 'a valid qualification that is not there');
  }
  const { ProcessingResultCode: code, ProcessingResultMessage: message = '' } = result;
  return ok({ segmentOfResult: '1', ...(code !== undefined && { note: { code, message } }), validity, qualifications });
}

function sameItems(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((item) => right.includes(item));
}
