/** The numbers of a reader, for whoever looks after many: what is listened to, and where they can be read. */
import { X509Certificate } from 'node:crypto';
import manifest from '../package.json' with { type: 'json' };
import type { Clock } from './clock.ts';
import type { Config } from './config.ts';
import { ok, type Result } from './faults/result.ts';
import { createMetrics } from './metrics/registry.ts';
import { type MetricsServer, serveMetrics } from './metrics/server.ts';
import { addStanding } from './metrics/standing.ts';
import { watchParts } from './metrics/watch-parts.ts';
import { watchReceptions } from './metrics/watch-receptions.ts';
import type { CardPort, ClinicPort, FacePort } from './reception/ports.ts';
import type { Reader } from './reception/reader.ts';
import type { Outbox } from './records/outbox.ts';
import type { World } from './world.ts';

export type MetricsOptions = {
  readonly reader: Reader;
  readonly card: CardPort;
  readonly clinic: ClinicPort;
  readonly face: FacePort;
  readonly outbox: Outbox;
  readonly world: Pick<World, 'gateway' | 'simulated'>;
  readonly config: Pick<Config, 'staff' | 'readerId'>;
  readonly clock: Clock;
};

/** Counts from now on, and serves the counts on the staff port. Rejects when that is taken. */
export async function openMetrics(options: MetricsOptions): Promise<MetricsServer> {
  const { reader, card, clinic, face, outbox, world, config, clock } = options;
  const metrics = createMetrics(world);
  const stopReceptions = watchReceptions(reader, metrics, clock);
  const parts = watchParts(reader, card, metrics);
  const stop = () => {
    stopReceptions();
    parts.stop();
  };
  addStanding(metrics.registry, {
    ...{ clock, parts, clinic, face, readerId: config.readerId, version: manifest.version },
    outbox: { depth: outbox.depth, oldestAt: () => oldestAt(outbox) },
    certificateEnds: new Date(new X509Certificate(world.gateway.tls.cert).validTo),
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

/** The parcel is opened for its time only while something waits, and not kept. */
function oldestAt(outbox: Outbox): Result<Date | undefined> {
  const next = outbox.next();
  if (!next.ok) return next;
  for (const { bytes } of next.value?.files ?? []) bytes.fill(0);
  return ok(next.value?.acceptedAt);
}
