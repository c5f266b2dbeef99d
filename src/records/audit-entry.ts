import { createHash } from 'node:crypto';
import type { AuditEvent } from '../reception/ports.ts';
import type { ClockTrust } from './clock-trust.ts';

/** One row of the audit table. */
export type AuditEntry = {
  /** From 1, without gaps. */
  readonly seq: number;
  /** One run of the program: `monotonic_ms` can be compared within it only. */
  readonly boot_id: string;
  readonly monotonic_ms: number;
  /** ISO 8601, by a calendar that may be wrong or set. */
  readonly wall: string;
  /** Of the program. */
  readonly version: string;
  readonly name: string;
  readonly reception_id: string | null;
  /** JSON of the event's allow-listed fields. */
  readonly fields: string;
  readonly prev_hash: string;
  readonly hash: string;
  /** Of `wall`; null in entries of the first version, which did not note it. */
  readonly clock_trust: ClockTrust | null;
};

/** Where the chain begins. */
export const GENESIS = '0'.repeat(64);

/** SHA-256, lower-case hexadecimal, over the entry before and everything of this one, in this order. */
export function hashOf(entry: Omit<AuditEntry, 'hash'>): string {
  const { seq, boot_id, monotonic_ms, wall, version, name, reception_id, fields, prev_hash, clock_trust } = entry;
  const parts = [prev_hash, seq, boot_id, monotonic_ms, wall, version, name, reception_id, fields];
  if (clock_trust !== null) parts.push(clock_trust);
  return createHash('sha256').update(JSON.stringify(parts), 'utf8').digest('hex');
}

type EventName = AuditEvent['name'];
type FieldsOf<Name extends EventName> = Exclude<keyof Extract<AuditEvent, { name: Name }>, 'name' | 'receptionId'>;

/** Which fields of an event are kept: whatever else an object may carry at run time never reaches the disk. */
const allowed: { readonly [Name in EventName]: Readonly<Record<FieldsOf<Name>, true>> } = {
  'reader.started': { version: true, simulated: true },
  'reception.started': {},
  'pin.right': {},
  'pin.wrong': { triesLeft: true },
  'pin.locked': {},
  'face.decided': { matched: true, score: true, threshold: true, liveness: true, model: true },
  'face.undecided': { code: true },
  'identity.proved': { method: true },
  'visual.approved': { approver: true },
  'staff.wrong': { triesLeft: true },
  'staff.locked': {},
  'registration.done': {},
  'registration.declined': {},
  'consent.given': { items: true },
  'reception.pending': { code: true },
  'card.left': { reminders: true },
  'page.lost': { why: true },
  'panel.lost': { code: true },
  'panel.back': { build: true },
  'case.opened': {},
  'case.closed': {},
  'reception.accepted': { method: true, validity: true, fileName: true },
  'reception.stopped': { code: true },
  'reception.ended': { code: true },
  'reception.settled': { at: true },
  'records.pruned': { receptions: true },
  'audit.exported': { sealed: true },
  'checkpoint.refused': { seq: true },
  'clock.stepped': { byMs: true },
  'desk.signed-in': { person: true, role: true, by: true },
  'desk.sign-in-refused': { by: true, reason: true },
  'desk.signed-out': { person: true },
  'desk.invited': { person: true, role: true },
  'desk.joined': { person: true, role: true },
  'desk.removed': { person: true, removed: true },
  'desk.password-set': { person: true },
  'desk.approved': { person: true, approved: true },
  'desk.glyphs-seen': { person: true },
  'desk.settings-changed': { person: true, settings: true },
  'desk.audit-exported': { person: true },
  'desk.evidence-saved': { person: true },
  'technician.entered': {},
  'technician.refused': { reason: true },
  'technician.left': { why: true },
  'technician.tested': { part: true, works: true },
  'self-test.done': { passed: true, failed: true },
};

/** The event's allow-listed fields as JSON, in the order of the list. */
export function fieldsOf(event: AuditEvent): string {
  const values = event as unknown as Record<string, unknown>;
  return JSON.stringify(Object.fromEntries(Object.keys(allowed[event.name]).map((field) => [field, values[field]])));
}
