/** A request of the protocol, and its repetition where the connection broke or the gateway is just being restarted. */
import { type Clock, pause } from '../clock.ts';
import { failed, ok, type Result } from '../faults/result.ts';
import type { WaitLog } from '../reception/ports.ts';
import type { GatewayEvent } from './gateway-event.ts';
import { type ExchangeFault, statusFault, transportFault } from './gateway-fault.ts';
import type { HttpAnswer, HttpRequest } from './http-request.ts';
import { type OperationId, operation, root } from './protocol.ts';
import type { Trace } from './trace.ts';

/**
 * Before each repetition, less up to half at random, so that the readers of a town do not come back all at once.
 * The first is long enough for a restarting gateway to listen again, and too short to be noticed.
 */
const REPEAT_AFTER_MS = [200, 600] as const;

export type Ask = {
  readonly operation: OperationId;
  /** Absent: it is of no reception, and the ledger has no place for it. */
  readonly receptionId?: string;
  readonly trace: Trace;
  readonly signal: AbortSignal;
  /** From when the request leaves until its answer has come, with all repetitions. */
  readonly boundMs: number;
  readonly body?: object;
  /** Names what is changed: the same key is never another change. */
  readonly key?: string;
  /** The ledger keeps this change open after its answer, until its reception is recorded or settled. */
  readonly staysOpen?: boolean;
};

export type Sent = { readonly answer: HttpAnswer; readonly traceparent: string };

export type SendOptions = {
  readonly request: HttpRequest;
  readonly clock: Clock;
  readonly waits: WaitLog | undefined;
  readonly limits: { readonly maxAnswerBytes: number };
  readonly random: (length: number) => Uint8Array;
  readonly tell: (event: GatewayEvent) => void;
};

/** Faults of what it returns: GATE-501…504; an answer is not looked into. */
export function createSend({ request, clock, waits, limits, random, tell }: SendOptions) {
  async function waited<T>(wait: () => Promise<T>): Promise<T> {
    const startMs = clock.now();
    try {
      return await wait();
    } finally {
      waits?.add('gateway', startMs, clock.now());
    }
  }

  /** One request: its answer, or the fault that it came to. */
  async function attempt(ask: Ask, traceparent: string, signal: AbortSignal): Promise<HttpAnswer | ExchangeFault> {
    const startMs = clock.now();
    let answer: HttpAnswer;
    try {
      answer = await waited(() => request({ ...requestOf(ask, traceparent), maxAnswerBytes: limits.maxAnswerBytes, signal }));
    } catch (error) {
      return signal.aborted ? { code: 'GATE-502', detail: 'stopped', passing: false } : transportFault(error);
    }
    tell({ type: 'answered', operation: ask.operation, tookMs: clock.now() - startMs });
    return statusFault(answer.status) ?? answer;
  }

  /** Repeating is safe: a change carries its Idempotency-Key, and what has none changes nothing. */
  async function send(ask: Ask, signal: AbortSignal, repetitions = 0): Promise<Result<Sent>> {
    const traceparent = ask.trace();
    const came = await attempt(ask, traceparent, signal);
    if (!('passing' in came)) return ok({ answer: came, traceparent });
    return came.passing ? again(came) : { ok: false, fault: came };

    async function again({ code, detail }: ExchangeFault): Promise<Result<Sent>> {
      const afterMs = REPEAT_AFTER_MS[repetitions];
      if (afterMs === undefined) return failed(code, detail);
      const [share = 0] = random(1);
      await waited(() => pause(clock, afterMs - (afterMs * share) / 512, signal));
      if (signal.aborted) return failed('GATE-502', 'stopped');
      tell({ type: 'repeated', operation: ask.operation, code });
      return send(ask, signal, repetitions + 1);
    }
  }

  return { send, pause: (delayMs: number, signal: AbortSignal) => waited(() => pause(clock, delayMs, signal)) };
}

function requestOf(ask: Ask, traceparent: string) {
  const { method, path } = operation(ask.operation);
  const headers: Record<string, string> = { accept: 'application/json', traceparent };
  if (ask.body) headers['content-type'] = 'application/json';
  if (ask.key) headers['idempotency-key'] = ask.key;
  const body = ask.body ? { body: JSON.stringify(ask.body) } : {};
  return { method, path: root + path.replace('{receptionId}', ask.receptionId ?? ''), headers, ...body };
}
