/**
 * Receptions whose end is not known: the gateway's answer was lost, or the power failed before it was recorded. Once
 * nobody stands at the reader the gateway is asked what became of each, and both sides come to show the same.
 */
import type { Clock } from './clock.ts';
import type { IdleTask } from './compose-idle.ts';
import type { GatewayClient } from './eligibility/gateway-client.ts';
import type { KeepSettlement, Settlement } from './eligibility/settle.ts';
import type { FaultCode } from './faults/catalogue.ts';
import type { AuditEvent, ClinicPort } from './reception/ports.ts';
import type { EligibilityAnswer } from './reception/qualification.ts';
import { outcomeOf } from './reception/rules.ts';
import type { LateReception, Records } from './records/records.ts';

export type SettlingOptions = {
  readonly gateway: Pick<GatewayClient, 'reconcile'>;
  readonly records: Pick<Records, 'gateway' | 'settle'>;
  readonly clinic: ClinicPort;
  readonly clock: Clock;
  readonly simulated: boolean;
};

export function settlingTask(options: SettlingOptions): IdleTask {
  const { gateway, records, clinic } = options;
  const keep = keepSettlement(options);
  return {
    due() {
      const open = records.gateway.unanswered();
      return open.ok && open.value.length > 0;
    },
    async run(signal) {
      const settled = await gateway.reconcile(keep, signal);
      // What was recorded goes to the clinic, whatever became of the rest.
      await clinic.handOver(signal);
      return settled;
    },
  };
}

function keepSettlement({ records, clinic, clock, simulated }: SettlingOptions): KeepSettlement {
  return (settlement) => {
    const { receptionId, at } = settlement;
    const wall = clock.wall();
    const noteOf = (event: AuditEvent) => ({ event, atMs: clock.now(), wall });
    const settled = noteOf({ name: 'reception.settled', receptionId, at });
    if (settlement.at === 'nothing') return records.settle(receptionId, [settled]);
    const late = lateReception(settlement, { clinic, wall, simulated });
    return records.settle(receptionId, [settled, noteOf(endOf(late.row))], late);
  };
}

/** It is dated by its answer; that the patient had agreed earlier stands beside it. */
function lateReception(
  { receptionId, method, consents, consentedAt, answer }: Extract<Settlement, { at: 'answered' }>,
  { clinic, wall, simulated }: Pick<SettlingOptions, 'clinic' | 'simulated'> & { readonly wall: Date },
): LateReception {
  const lateSince = new Date(consentedAt);
  const { parcel } = clinic.pack({ receptionId, method, at: wall, consents, answer, simulated, lateSince });
  const { fileName } = parcel;
  const { validity } = answer;
  const outcome = outcomeOfAnswer(answer);
  // When the card was placed is not known any more.
  const times = { startedAt: lateSince, acceptedAt: wall };
  return { row: { receptionId, method, consents, validity, outcome, fileName, ...times, simulated }, parcel };
}

/** The consent stands at the gateway, so an abnormal end is recorded too: the clinic is told of both. */
function outcomeOfAnswer({ segmentOfResult, validity }: EligibilityAnswer): 'accepted' | FaultCode {
  return segmentOfResult === '9' ? 'ELIG-604' : outcomeOf(validity);
}

function endOf({ receptionId, method, validity, outcome, fileName }: LateReception['row']): AuditEvent {
  return outcome === 'accepted'
    ? { name: 'reception.accepted', receptionId, method, validity, fileName }
    : { name: 'reception.ended', receptionId, code: outcome };
}
