/**
 * The reader's side of the gateway protocol. What is asked in a reception stands in gateway-session.ts, after an
 * outage in settle.ts, and how one question is put in exchange.ts.
 */
import { randomBytes } from 'node:crypto';
import type { Clock } from '../clock.ts';
import type { Result } from '../faults/result.ts';
import type { GatewayPort, WaitLog } from '../reception/ports.ts';
import type { Given } from '../reception/questions.ts';
import type { SignedCheckpoint } from '../records/checkpoint.ts';
import type { GatewayLedger } from '../records/gateway-ledger.ts';
import { type CheckpointKept, keepCheckpoint } from './checkpoint.ts';
import { createCircuitBreaker } from './circuit-breaker.ts';
import { createExchange } from './exchange.ts';
import type { GatewayEvent } from './gateway-event.ts';
import { openSession } from './gateway-session.ts';
import { type HttpRequest, httpsRequest, type TlsIdentity } from './http-request.ts';
import { type GatewayLimits, usualLimits } from './limits.ts';
import { type KeepSettlement, type KeptAnswers, reconcile, settle } from './settle.ts';

export type GatewayOptions = {
  /** `https://host:port` */
  readonly origin: string;
  readonly tls: TlsIdentity;
  readonly clock: Clock;
  readonly waits?: WaitLog;
  readonly limits?: Partial<GatewayLimits>;
  /** Where every change is noted before it is asked for, so that nothing is lost in a crash. */
  readonly ledger?: GatewayLedger;
  readonly random?: (length: number) => Uint8Array;
  /** Another transport, for tests on simulated time; TLS is then not ours. */
  readonly request?: HttpRequest;
};

export interface GatewayClient extends GatewayPort {
  /** After an answer was lost: what became of that reception; nothing more comes of it. See settle.ts.
   *  @param given what the patient had answered, where that was kept: it may never have arrived
   *  Faults: GATE-501…504, GATE-508, REC-701, those of `keep`. */
  settle(receptionId: string, keep: KeepSettlement, signal: AbortSignal, given?: Given): Promise<Result<void>>;
  /** Settles each reception that the ledger has an unanswered change of, oldest first, until something stands in the
   *  way. No reception may be open. Faults: as `settle`. */
  reconcile(keep: KeepSettlement, signal: AbortSignal, keptAnswers?: KeptAnswers): Promise<Result<void>>;
  /** Gives the audit log's signed head away. Faults: GATE-501…504. */
  keepCheckpoint(checkpoint: SignedCheckpoint, signal: AbortSignal): Promise<Result<CheckpointKept>>;
  /** Tells how the breaker stands, then each event. Returns the way to stop listening. */
  watch(listener: (event: GatewayEvent) => void): () => void;
  /** Drops the connections and what runs on them. */
  close(): Promise<void>;
}

/** Nothing is connected before a reception opens, which is when the card is placed. */
export function createGatewayClient(options: GatewayOptions): GatewayClient {
  const { clock, waits, ledger, random = randomBytes } = options;
  const transport = options.request
    ? { request: options.request, close: async () => {} }
    : httpsRequest(options.origin, options.tls);
  const limits = { ...usualLimits, ...options.limits };
  const { failuresToRest: failures, restMs, longestRestMs } = limits;
  const listeners = new Set<(event: GatewayEvent) => void>();
  const tell = (event: GatewayEvent) => {
    for (const listener of listeners) listener(event);
  };
  let breakerAt: 'open' | 'closed' = 'closed';
  const onChange = (at: 'open' | 'closed') => {
    breakerAt = at;
    tell({ type: 'breaker', at });
  };
  const breaker = createCircuitBreaker({ clock, failures, restMs, longestRestMs, onChange });
  const parts = { request: transport.request, clock, limits, random, ledger, tell };
  const exchange = createExchange({ ...parts, waits, breaker });
  // No reception waits for it: it counts for none, and a patient's question is let through whatever came of it.
  const atLeisure = createExchange({ ...parts, waits: undefined, breaker: undefined });
  return {
    open: (receptionId, signal) => openSession(exchange, receptionId, signal),
    settle: (receptionId, keep, signal, given) => settle({ exchange: atLeisure, ledger }, receptionId, keep, signal, given),
    reconcile: (keep, signal, keptAnswers) => reconcile({ exchange: atLeisure, ledger }, keep, signal, keptAnswers),
    keepCheckpoint: (checkpoint, signal) => keepCheckpoint(atLeisure, checkpoint, signal),
    watch(listener) {
      listeners.add(listener);
      listener({ type: 'breaker', at: breakerAt });
      return () => listeners.delete(listener);
    },
    close: transport.close,
  };
}
