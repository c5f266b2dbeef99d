/**
 * What is counted as it happens: every family with its name, its words and its labels. No label can hold a person,
 * a reception or anything else without an end. Units and names as Prometheus asks for
 * (https://prometheus.io/docs/practices/naming/).
 */
import { Counter, Gauge, Histogram, type OpenMetricsContentType, Registry } from 'prom-client';

/** From a screen that is passed at once to the longest bound of a state. */
const STAGE_SECONDS = [0.05, 0.1, 0.25, 0.5, 1, 2, 3, 5, 8, 15, 30, 60, 120];
/** From an answer at once to the longest that one is waited for. */
const ROUND_TRIP_SECONDS = [0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3, 5, 8];
const MACHINE_SECONDS = [0.1, 0.2, 0.5, 1, 1.5, 2, 3, 5, 8, 15];

/** Where the bench's numbers come from is said of each of them, so that none is taken for a clinic's. */
export function createMetrics({ simulated }: { readonly simulated: boolean }) {
  const registry = new Registry<OpenMetricsContentType>();
  registry.setContentType(Registry.OPENMETRICS_CONTENT_TYPE);
  if (simulated) registry.setDefaultLabels({ simulated: '1' });
  const registers = [registry];
  return {
    registry,
    receptions: new Counter({
      name: 'kazasu_receptions_total',
      help: 'Receptions by how they ended (accepted, or the code of the fault) and the way last taken (face, pin, none).',
      labelNames: ['outcome', 'method'],
      registers,
    }),
    faults: new Counter({
      name: 'kazasu_faults_total',
      help: 'Faults that a reception stopped at, by code; it may have gone on another way.',
      labelNames: ['code'],
      registers,
    }),
    retries: new Counter({
      name: 'kazasu_identity_retries_total',
      help: 'Attempts at proving identity that were followed by the offer of another one of the same kind.',
      labelNames: ['method'],
      registers,
    }),
    stages: new Histogram({
      name: 'kazasu_stage_duration_seconds',
      help: 'How long each stage of a reception lasted; some wait for the person.',
      labelNames: ['stage'],
      buckets: STAGE_SECONDS,
      registers,
    }),
    machine: new Histogram({
      name: 'kazasu_reception_machine_duration_seconds',
      help: 'The share of the machine itself in accepted receptions: without the waits for wire, gateway and person.',
      labelNames: ['method'],
      buckets: MACHINE_SECONDS,
      registers,
    }),
    waits: new Histogram({
      name: 'kazasu_reception_wait_duration_seconds',
      help: 'How long accepted receptions waited, by for what (wire, gateway, person, camera).',
      labelNames: ['kind'],
      buckets: STAGE_SECONDS,
      registers,
    }),
    losses: new Counter({
      name: 'kazasu_part_losses_total',
      help: 'How often a part was lost: the card module on its serial line, the camera, or the gateway.',
      labelNames: ['part'],
      registers,
    }),
    recoveries: new Counter({
      name: 'kazasu_part_recoveries_total',
      help: 'How often a part that had been lost was back.',
      labelNames: ['part'],
      registers,
    }),
    gatewayRoundTrips: new Histogram({
      name: 'kazasu_gateway_round_trip_seconds',
      help: 'How long requests to the gateway took that had an answer, by operation; without the pauses between attempts.',
      labelNames: ['operation'],
      buckets: ROUND_TRIP_SECONDS,
      registers,
    }),
    gatewayRetries: new Counter({
      name: 'kazasu_gateway_retries_total',
      help: 'Requests to the gateway that went out once more because the connection broke or it was being restarted.',
      labelNames: ['operation'],
      registers,
    }),
    gatewayBreaker: new Gauge({
      name: 'kazasu_gateway_breaker_open',
      help: 'Whether the gateway is left alone but for a trial now and then, since it did not answer (1) or not (0).',
      registers,
    }),
  };
}

export type Metrics = ReturnType<typeof createMetrics>;
