/**
 * Receptions whose end is not known: the gateway's answer was lost, or the power failed before it was recorded. Once
 * nobody stands at the reader the gateway is asked what became of each, and both sides come to show the same.
 */
import type { Clock } from './clock.ts';
import type { IdleTask } from './compose-idle.ts';
import type { GatewayClient } from './eligibility/gateway-client.ts';
import type { KeepSettlement, Settlement } from './eligibility/settle.ts';
import type { FaultCode } from './faults/catalogue.ts';
import type { AuditEvent, ClinicPort, PendingRow } from './reception/ports.ts';
import type { EligibilityAnswer } from './reception/qualification.ts';
import { forClinic } from './reception/record.ts';
import { outcomeOf } from './reception/rules.ts';
import type { LateReception, Records } from './records/records.ts';

export type SettlingOptions = {
  readonly gateway: Pick<GatewayClient, 'reconcile'>;
  readonly records: Pick<Records, 'gateway' | 'settle' | 'pending'>;
  readonly clinic: ClinicPort;
  readonly clock: Clock;
  readonly simulated: boolean;
};

export type SettlingTask = IdleTask & {
  /** How often the gateway was asked for this reception since the reader started, the first time by its patient. */
  attempts(receptionId: string): number;
};

export function settlingTask(options: SettlingOptions): SettlingTask {
  const { gateway, records, clinic } = options;
  let askedAgain = new Map<string, number>();
  return {
    attempts: (receptionId) => 1 + (askedAgain.get(receptionId) ?? 0),
    due() {
      const open = records.gateway.unanswered();
      return open.ok && open.value.length > 0;
    },
    async run(signal) {
      const pending = records.pending();
      if (!pending.ok) return pending;
      const kept = new Map(pending.value.map((row) => [row.receptionId, row]));
      askedAgain = new Map([...kept.keys()].map((id) => [id, 1 + (askedAgain.get(id) ?? 0)]));
      const settled = await gateway.reconcile(keepSettlement(options, kept), signal, (id) => kept.get(id)?.given);
      // What was recorded goes to the clinic, whatever became of the rest.
      await clinic.handOver(signal);
      return settled;
    },
  };
}

function keepSettlement(
  { records, clinic, clock, simulated }: SettlingOptions,
  kept: ReadonlyMap<string, PendingRow>,
): KeepSettlement {
  return (settlement) => {
    const { receptionId, at } = settlement;
    const wall = clock.wall();
    const noteOf = (event: AuditEvent) => ({ event, atMs: clock.now(), wall });
    const settled = noteOf({ name: 'reception.settled', receptionId, at });
    if (settlement.at === 'nothing') return records.settle(receptionId, [settled]);
    const late = lateReception(settlement, { clinic, wall, simulated, pending: kept.get(receptionId) });
    return records.settle(receptionId, [settled, noteOf(endOf(late.row))], late);
  };
}

type LateOptions = Pick<SettlingOptions, 'clinic' | 'simulated'> & {
  readonly wall: Date;
  /** What was kept when the gateway could not be reached; absent after a crash. */
  readonly pending: PendingRow | undefined;
};

/** It is dated by its answer; that the patient had agreed earlier stands beside it. */
function lateReception(
  { receptionId, method, approver, given: atGateway, consentedAt, answer }: Extract<Settlement, { at: 'answered' }>,
  { clinic, wall, simulated, pending }: LateOptions,
): LateReception {
  const lateSince = pending?.pendingAt ?? new Date(consentedAt);
  const given = pending?.given ?? atGateway;
  const who = { receptionId, method, ...(approver === undefined ? {} : { approver }) };
  const { parcel } = clinic.pack({ ...who, ...forClinic(given), at: wall, answer, simulated, lateSince });
  const { fileName } = parcel;
  const { validity } = answer;
  const outcome = outcomeOfAnswer(answer);
  // After a crash it is not known any more when the card was placed.
  const times = { startedAt: pending?.startedAt ?? lateSince, acceptedAt: wall };
  return { row: { ...who, given, validity, outcome, fileName, ...times, simulated }, parcel };
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
