/** The numbers of a reader, for whoever looks after many: what is listened to, and where they can be read. */
import { X509Certificate } from 'node:crypto';
import manifest from '../package.json' with { type: 'json' };
import type { Clock } from './clock.ts';
import type { Config } from './config.ts';
import type { GatewayClient } from './eligibility/gateway-client.ts';
import { operations } from './eligibility/protocol.ts';
import { createMetrics } from './metrics/registry.ts';
import { type MetricsServer, serveMetrics } from './metrics/server.ts';
import { addStanding } from './metrics/standing.ts';
import { watchGateway } from './metrics/watch-gateway.ts';
import { watchParts } from './metrics/watch-parts.ts';
import { watchReceptions } from './metrics/watch-receptions.ts';
import type { CardPort, ClinicPort, FacePort } from './reception/ports.ts';
import type { Reader } from './reception/reader.ts';
import type { Records } from './records/records.ts';
import type { World } from './world.ts';

export type MetricsOptions = {
  readonly reader: Reader;
  readonly card: CardPort;
  readonly clinic: ClinicPort;
  readonly face: FacePort;
  readonly gateway: Pick<GatewayClient, 'watch'>;
  readonly records: Pick<Records, 'outbox' | 'gateway'>;
  readonly world: Pick<World, 'gateway' | 'simulated'>;
  readonly config: Pick<Config, 'staff' | 'readerId'>;
  readonly clock: Clock;
};

/** Counts from now on, and serves the counts on the staff port. Rejects when that is taken. */
export async function openMetrics(options: MetricsOptions): Promise<MetricsServer> {
  const { reader, card, clinic, face, gateway, records, world, config, clock } = options;
  const metrics = createMetrics(world);
  const stopReceptions = watchReceptions(reader, metrics, clock);
  const parts = watchParts(reader, card, metrics);
  const operationIds = operations.map(({ id }) => id);
  const stopGateway = watchGateway(gateway, operationIds, metrics);
  const stop = () => {
    stopReceptions();
    parts.stop();
    stopGateway();
  };
  addStanding(metrics.registry, {
    ...{ clock, parts, clinic, face, readerId: config.readerId, version: manifest.version },
    ...{ outbox: records.outbox, ledger: records.gateway },
    certificateEnds: () => new Date(new X509Certificate(world.gateway.tls.cert).validTo),
  });
  try {
    const server = await serveMetrics({ metrics, ...config.staff });
    return {
      url: server.url,
      async close() {
        stop();
        await server.close();
      },
    };
  } catch (error) {
    stop();
    throw error;
  }
}
