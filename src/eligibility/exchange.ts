/**
 * One exchange of the gateway protocol, with its bound, its checks and its one safe repetition.
 */
import { type Clock, deadline, pause } from '../clock.ts';
import { failed, ok, type Result } from '../faults/result.ts';
import type { WaitLog } from '../reception/ports.ts';
import { refusalFault, statusFault, transportFault } from './gateway-fault.ts';
import type { Refusal } from './gateway-types.ts';
import type { HttpAnswer, HttpRequest } from './http-request.ts';
import { answerFault, type OperationId, operation, root } from './protocol.ts';
import { readJson } from './read-json.ts';

export type GatewayLimits = {
  readonly openMs: number;
  readonly evidenceMs: number;
  readonly relayMs: number;
  /** Consent, query and every asking again together. */
  readonly eligibilityMs: number;
  readonly maxAnswerBytes: number;
  readonly maxDepth: number;
};

/** Before the one repetition: long enough for a restarting gateway to listen again, too short to be noticed. */
const REPEAT_AFTER_MS = 200;

type Ask = {
  readonly operation: OperationId;
  readonly receptionId: string;
  readonly signal: AbortSignal;
  readonly body?: object;
  /** Names what is changed: the same key is never another change. */
  readonly key?: string;
};

/** What a session works with. */
export type Exchange = {
  readonly limits: GatewayLimits;
  /** Runs `work` within `boundMs`. Fault: GATE-502 when the bound passed or `signal` aborted. */
  within<T>(boundMs: number, signal: AbortSignal, work: (signal: AbortSignal) => Promise<Result<T>>): Promise<Result<T>>;
  /** One answer of the protocol that belongs to this reception. The caller knows its type by the operation. */
  ask<Answer>(ask: Ask): Promise<Result<Answer>>;
  pause(delayMs: number, signal: AbortSignal): Promise<void>;
};

type ExchangeOptions = {
  readonly request: HttpRequest;
  readonly clock: Clock;
  readonly waits: WaitLog | undefined;
  readonly limits: GatewayLimits;
};

export function createExchange({ request, clock, waits, limits }: ExchangeOptions): Exchange {
  async function waited<T>(wait: () => Promise<T>): Promise<T> {
    const startMs = clock.now();
    try {
      return await wait();
    } finally {
      waits?.add('gateway', startMs, clock.now());
    }
  }

  async function send(ask: Ask, mayRepeat: boolean): Promise<Result<HttpAnswer>> {
    const { method, path } = operation(ask.operation);
    const headers: Record<string, string> = { accept: 'application/json' };
    if (ask.body) headers['content-type'] = 'application/json';
    if (ask.key) headers['idempotency-key'] = ask.key;
    try {
      const answer = await waited(() =>
        request({
          method,
          path: root + path.replace('{receptionId}', ask.receptionId),
          headers,
          maxAnswerBytes: limits.maxAnswerBytes,
          signal: ask.signal,
          ...(ask.body ? { body: JSON.stringify(ask.body) } : {}),
        }),
      );
      return ok(answer);
    } catch (error) {
      if (ask.signal.aborted) return failed('GATE-502', 'stopped');
      const { brokenConnection, code, detail } = transportFault(error);
      // Repeating is safe: a change carries its Idempotency-Key, and a GET changes nothing.
      if (!mayRepeat || !brokenConnection) return failed(code, detail);
      await waited(() => pause(clock, REPEAT_AFTER_MS, ask.signal));
      return ask.signal.aborted ? failed('GATE-502', 'stopped') : send(ask, false);
    }
  }

  return {
    limits,
    async within(boundMs, signal, work) {
      // Nothing queues before the wire: one call at a time, so its bound starts as its request leaves.
      const bound = deadline(clock, boundMs, signal);
      try {
        const result = await work(bound.signal);
        return bound.expired() && !result.ok ? failed('GATE-502', `no answer within ${boundMs} ms`) : result;
      } finally {
        bound.done();
      }
    },
    async ask<Answer>(ask: Ask) {
      const sent = await send(ask, true);
      if (!sent.ok) return sent;
      return readAnswer<Answer>(ask, sent.value, limits);
    },
    pause: (delayMs, signal) => waited(() => pause(clock, delayMs, signal)),
  };
}

function readAnswer<Answer>(ask: Ask, answer: HttpAnswer, limits: GatewayLimits): Result<Answer> {
  const decided = statusFault(answer.status);
  if (decided) return { ok: false, fault: decided };
  const json = readJson(answer, limits);
  if (!json.ok) return json;
  const wrong = answerFault(ask.operation, answer.status, json.value);
  if (wrong) return failed('GATE-503', wrong);
  const { receptionId } = json.value as { receptionId?: string };
  if (receptionId !== ask.receptionId) return failed('GATE-503', 'the answer belongs to another reception');
  if (answer.status >= 400) return { ok: false, fault: refusalFault(json.value as Refusal) };
  return ok(json.value as Answer);
}
