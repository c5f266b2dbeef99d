/**
 * The reader's side of the gateway protocol. What is asked in a reception stands in gateway-session.ts, after an
 * outage in settle.ts, and how one question is put in exchange.ts.
 */
import { randomBytes } from 'node:crypto';
import type { Clock } from '../clock.ts';
import type { Result } from '../faults/result.ts';
import type { GatewayPort, WaitLog } from '../reception/ports.ts';
import type { GatewayLedger } from '../records/gateway-ledger.ts';
import { createCircuitBreaker } from './circuit-breaker.ts';
import { createExchange } from './exchange.ts';
import { type EligibilitySession, openSession } from './gateway-session.ts';
import { type HttpRequest, httpsRequest, type TlsIdentity } from './http-request.ts';
import { type GatewayLimits, usualLimits } from './limits.ts';
import { type KeepSettlement, reconcile, settle } from './settle.ts';

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
  open(receptionId: string, signal: AbortSignal): Promise<Result<EligibilitySession>>;
  /** After an answer was lost: what became of that reception; nothing more comes of it. See settle.ts.
   *  Faults: GATE-501…504, REC-701, those of `keep`. */
  settle(receptionId: string, keep: KeepSettlement, signal: AbortSignal): Promise<Result<void>>;
  /** Settles each reception that the ledger has an unanswered change of, oldest first, until something stands in the
   *  way. No reception may be open. Faults: as `settle`. */
  reconcile(keep: KeepSettlement, signal: AbortSignal): Promise<Result<void>>;
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
  const breaker = createCircuitBreaker({ clock, failures, restMs, longestRestMs });
  const exchange = createExchange({ request: transport.request, clock, waits, limits, breaker, random, ledger });
  return {
    open: (receptionId, signal) => openSession(exchange, receptionId, signal),
    settle: (receptionId, keep, signal) => settle({ exchange, ledger }, receptionId, keep, signal),
    reconcile: (keep, signal) => reconcile({ exchange, ledger }, keep, signal),
    close: transport.close,
  };
}
