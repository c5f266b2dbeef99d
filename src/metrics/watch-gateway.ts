import type { Metrics } from './registry.ts';

/** What the gateway's client tells, as far as it is counted. */
type GatewayEvent =
  | { readonly type: 'answered'; readonly operation: string; readonly tookMs: number }
  | { readonly type: 'repeated'; readonly operation: string }
  | { readonly type: 'breaker'; readonly at: 'open' | 'closed' };

export type WatchedGateway = {
  /** Tells how the breaker stands, then each event. */
  watch(listener: (event: GatewayEvent) => void): () => void;
};

/** @param operations every operation of the protocol, by its name there. Returns the way to stop. */
export function watchGateway(gateway: WatchedGateway, operations: readonly string[], metrics: Metrics): () => void {
  for (const operation of operations) metrics.gatewayRetries.inc({ operation }, 0);
  return gateway.watch((event) => {
    switch (event.type) {
      case 'answered':
        return metrics.gatewayRoundTrips.observe({ operation: event.operation }, event.tookMs / 1_000);
      case 'repeated':
        return metrics.gatewayRetries.inc({ operation: event.operation });
      case 'breaker':
        return metrics.gatewayBreaker.set(Number(event.at === 'open'));
    }
  });
}
