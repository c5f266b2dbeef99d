/**
 * What is counted as it happens: every family with its name, its words and its labels. No label can hold a person,
 * a reception or anything else without an end. Units and names as Prometheus asks for
 * (https://prometheus.io/docs/practices/naming/).
 */
import { Counter, Histogram, type OpenMetricsContentType, Registry } from 'prom-client';

/** From a screen that is passed at once to the longest bound of a state. */
const STAGE_SECONDS = [0.05, 0.1, 0.25, 0.5, 1, 2, 3, 5, 8, 15, 30, 60, 120];
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
  };
}

export type Metrics = ReturnType<typeof createMetrics>;
