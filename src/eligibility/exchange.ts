/**
 * One exchange of the gateway protocol: whether it is asked at all, its bound, and what is noted of it.
 */
import { type Clock, deadline } from '../clock.ts';
import { failed, ok, type Result } from '../faults/result.ts';
import type { GatewayLedger } from '../records/gateway-ledger.ts';
import type { CircuitBreaker, Outcome } from './circuit-breaker.ts';
import { refusalFault } from './gateway-fault.ts';
import type { GatewayLimits } from './limits.ts';
import { operation } from './protocol.ts';
import { readAnswer } from './read-answer.ts';
import { type Ask, createSend, type SendOptions } from './send.ts';
import { startTrace, type Trace } from './trace.ts';

/** What a session works with. */
export type Exchange = {
  readonly limits: GatewayLimits;
  newTrace(): Trace;
  /** Runs `work` within `boundMs`. Fault: GATE-502 when the bound passed. */
  within<T>(boundMs: number, signal: AbortSignal, work: (signal: AbortSignal) => Promise<Result<T>>): Promise<Result<T>>;
  /** One answer of the protocol that belongs to this request and reception. The caller knows its type by the operation.
   *  Faults: GATE-501…509, CARD-109, REC-701 (what is to be changed could not be noted first). */
  ask<Answer>(ask: Ask): Promise<Result<Answer>>;
  pause(delayMs: number, signal: AbortSignal): Promise<void>;
};

type ExchangeOptions = SendOptions & {
  readonly limits: GatewayLimits;
  readonly clock: Clock;
  /** Absent: what is asked while nobody waits neither rests nor makes a patient's question rest. */
  readonly breaker: CircuitBreaker | undefined;
  /** Where every change is noted before it is asked for. */
  readonly ledger: GatewayLedger | undefined;
};

export function createExchange(options: ExchangeOptions): Exchange {
  const { clock, limits, breaker, random, ledger } = options;
  const { send, pause } = createSend(options);

  async function within<T>(boundMs: number, signal: AbortSignal, work: (signal: AbortSignal) => Promise<Result<T>>) {
    // Nothing queues before the wire: one call at a time, so its bound starts as its request leaves.
    const bound = deadline(clock, boundMs, signal);
    try {
      const result = await work(bound.signal);
      return bound.expired() && !result.ok ? failed('GATE-502', `no answer within ${boundMs} ms`) : result;
    } finally {
      bound.done();
    }
  }

  function begin({ key, receptionId, operation }: Ask): Result<void> {
    if (!ledger || key === undefined || receptionId === undefined) return ok();
    return ledger.begin({ key, receptionId, operation });
  }

  /** A refusal leaves nothing that could stay open. */
  function finish({ key, receptionId, staysOpen = false }: Ask, refused: boolean): Result<void> {
    if (!ledger || key === undefined || receptionId === undefined || (staysOpen && !refused)) return ok();
    return ledger.answered(key);
  }

  async function askAdmitted<Answer>(ask: Ask): Promise<Result<Answer>> {
    return within(ask.boundMs, ask.signal, async (signal) => {
      const sent = await send(ask, signal);
      if (!sent.ok) return sent;
      const read = readAnswer<Answer>(ask, sent.value, limits);
      // What is no answer of the protocol tells nothing of what became of the change.
      if (!read.ok) return read;
      const { refusal } = read.value;
      const noted = finish(ask, refusal !== undefined);
      if (!noted.ok) return noted;
      return refusal ? { ok: false, fault: refusalFault(refusal) } : ok(read.value.answer);
    });
  }

  return {
    limits,
    newTrace: () => startTrace(random),
    within,
    pause,
    async ask<Answer>(ask: Ask) {
      if (operation(ask.operation).changes !== (ask.key !== undefined))
        throw new Error('a change without a key, or a key without one');
      const admitted = breaker?.admit() ?? ok(() => {});
      if (!admitted.ok) return admitted;
      const begun = begin(ask);
      const result = begun.ok ? await askAdmitted<Answer>(ask) : begun;
      admitted.value(outcomeOf(result, ask.signal));
      return result;
    },
  };
}

/** Any answer of its own shows that the gateway is there; whoever stops waiting has learnt nothing. */
function outcomeOf(result: Result<unknown>, signal: AbortSignal): Outcome {
  if (result.ok) return 'reached';
  if (signal.aborted || result.fault.code === 'REC-701') return 'unknown';
  return result.fault.code === 'GATE-501' || result.fault.code === 'GATE-502' ? 'not-reached' : 'reached';
}
