/**
 * The reader's side of the gateway protocol. What is asked in a reception stands in gateway-session.ts,
 * how one question is put in exchange.ts.
 */
import type { Clock } from '../clock.ts';
import type { GatewayPort, WaitLog } from '../reception/ports.ts';
import { createExchange, type GatewayLimits } from './exchange.ts';
import { openSession } from './gateway-session.ts';
import { type HttpRequest, httpsRequest, type TlsIdentity } from './http-request.ts';

const DEFAULT_LIMITS: GatewayLimits = {
  openMs: 5_000,
  evidenceMs: 10_000,
  relayMs: 5_000,
  eligibilityMs: 30_000,
  maxAnswerBytes: 1_048_576,
  maxDepth: 16,
};

export type GatewayOptions = {
  /** `https://host:port` */
  readonly origin: string;
  readonly tls: TlsIdentity;
  readonly clock: Clock;
  readonly waits?: WaitLog;
  readonly limits?: Partial<GatewayLimits>;
  /** Another transport, for tests on simulated time; TLS is then not ours. */
  readonly request?: HttpRequest;
};

/** Nothing is connected before a reception opens; `close` drops the connections and what runs on them. */
export function createGatewayClient(options: GatewayOptions): GatewayPort & { close(): Promise<void> } {
  const transport = options.request
    ? { request: options.request, close: async () => {} }
    : httpsRequest(options.origin, options.tls);
  const exchange = createExchange({
    request: transport.request,
    clock: options.clock,
    waits: options.waits,
    limits: { ...DEFAULT_LIMITS, ...options.limits },
  });
  return {
    open: (receptionId, signal) => openSession(exchange, receptionId, signal),
    close: transport.close,
  };
}
