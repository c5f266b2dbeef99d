import fastify from 'fastify';
import { Registry } from 'prom-client';
import { plainText } from './plain-text.ts';
import type { Metrics } from './registry.ts';

export type MetricsServerOptions = {
  readonly metrics: Metrics;
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
};

export type MetricsServer = { readonly url: string; close(): Promise<void> };

/** Whoever asks is expected to be one scraper, or a few. */
const MAX_CONNECTIONS = 16;
const REQUEST_MS = 10_000;

/**
 * Serves `GET /metrics`, and nothing else: as OpenMetrics to whoever asks for that, as Prometheus does, otherwise in
 * the older text format, which a person's browser shows. Nothing in it is personal; it is not for everybody either, so
 * the host is loopback unless the configuration says otherwise. Rejects when the port is taken.
 */
export async function serveMetrics({ metrics, host, port }: MetricsServerOptions): Promise<MetricsServer> {
  const app = fastify({ forceCloseConnections: true, requestTimeout: REQUEST_MS });
  app.server.maxConnections = MAX_CONNECTIONS;
  app.get('/metrics', async (request, reply) => {
    const openMetrics = await metrics.registry.metrics();
    const asked = request.headers.accept?.includes('application/openmetrics-text') ?? false;
    return reply
      .type(asked ? Registry.OPENMETRICS_CONTENT_TYPE : Registry.PROMETHEUS_CONTENT_TYPE)
      .header('cache-control', 'no-store')
      .send(asked ? openMetrics : plainText(openMetrics));
  });
  const origin = await app.listen({ host, port });
  return { url: `${origin}/metrics`, close: () => app.close() };
}
