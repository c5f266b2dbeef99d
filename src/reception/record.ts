/** What is kept of a reception: the row, its audit entries and the clinic's parcel; and what staff are told of it. */
import type { FaultCode } from '../faults/catalogue.ts';
import { failed, ok, type Result } from '../faults/result.ts';
import { japanDay } from './japan-day.ts';
import type { Work } from './perform.ts';
import type { AuditEvent, ClinicResult, HandOver, Method, Replaced } from './ports.ts';
import { consentAnswers, type Given } from './questions.ts';
import { warningsOf } from './warnings.ts';

export type Recorded = {
  readonly result: Result<HandOver>;
  /** What the clinic was given; absent while it waits. */
  readonly fileName?: string;
  /** Staff need the picture of the name, and it has not been read. */
  readonly nameWanted?: boolean;
};

/**
 * Row, audit and the clinic's parcel in one transaction: from then on the reception stands, and an outage of the
 * clinic's side costs a delay. A crash before it leaves nothing, one after it a parcel that is handed over at the next start.
 */
export async function record(work: Work, method: Method, given: Given, outcome: 'accepted' | FaultCode): Promise<Recorded> {
  const { ports, memory, timeline, clock, simulated } = work;
  const { answer, receptionId, startedAt, approver } = memory;
  if (!answer) return { result: failed('REC-701', 'no answer to record') };
  const at = clock.wall();
  const { validity } = answer;
  const who = { receptionId, method, ...(approver === undefined ? {} : { approver }) };
  const result: ClinicResult = { ...who, ...forClinic(given), at, answer, simulated, stages: timeline.stages() };
  const { parcel, replaced } = ports.clinic.pack(result);
  const { fileName } = parcel;
  const last: AuditEvent =
    outcome === 'accepted'
      ? { name: 'reception.accepted', receptionId, method, validity, fileName }
      : { name: 'reception.ended', receptionId, code: outcome };
  const committed = ports.records.commit(
    { ...who, given, validity, outcome, fileName, startedAt, acceptedAt: at, simulated },
    [...memory.audit, { event: last, atMs: clock.now(), wall: at }],
    parcel,
  );
  if (!committed.ok) return { result: committed };
  memory.audit = [];
  const nameWanted = tellStaff(work, replaced);
  const handOver = await ports.clinic.handOver(work.signal);
  return { result: ok(handOver), nameWanted, ...(handOver === 'handed-over' && { fileName }) };
}

/** Kept to be asked again, in one transaction with its audit entries. */
export function recordPending(work: Work, method: Method, given: Given, code: FaultCode): Result<void> {
  const { ports, memory, clock, simulated } = work;
  const { receptionId, startedAt, approver } = memory;
  const who = { receptionId, method, ...(approver === undefined ? {} : { approver }) };
  const row = { ...who, given, code, startedAt, pendingAt: clock.wall(), simulated };
  const committed = ports.records.commitPending(row, memory.audit);
  if (committed.ok) memory.audit = [];
  return committed;
}

/** What of the answers the clinic's files say. */
export function forClinic(given: Given): Pick<ClinicResult, 'answers' | 'prescription' | 'subsidy'> {
  const { prescription, subsidy } = given;
  return {
    answers: consentAnswers(given),
    ...(prescription === undefined ? {} : { prescription }),
    ...(subsidy === undefined ? {} : { subsidy }),
  };
}

/** ● in the received text too stands for a glyph that no computer on the way could say. */
const GETA = '●';

/** Whether staff need a picture of the name that has not been read. */
function tellStaff({ ports, memory, clock }: Work, replaced: readonly Replaced[]): boolean {
  const { answer, namePicture, receptionId } = memory;
  if (!answer) return false;
  const today = japanDay(clock.wall());
  const warnings = answer.qualifications.flatMap((one) => warningsOf(one, answer.validity, today));
  const wanted = replaced.length > 0 || answer.qualifications.some((one) => String(one['Name'] ?? '').includes(GETA));
  memory.namePicture = wanted ? undefined : namePicture;
  ports.staff.tell({ receptionId, replaced, warnings, ...(wanted && namePicture ? { namePicture } : {}) });
  return wanted && !namePicture;
}
