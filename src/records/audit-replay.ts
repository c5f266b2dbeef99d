/**
 * A reception told again from the log: what happened in which order, and when, counted from its first entry. Neither
 * ids, names of files nor the calendar are told, so the same flow at another time gives the same lines.
 */
import { DatabaseSync } from 'node:sqlite';
import type { Result } from '../faults/result.ts';
import type { AuditEvent } from '../reception/ports.ts';
import type { AuditEntry } from './audit-entry.ts';
import { reading } from './store.ts';

/** The stations of the one direction. */
type Station = 'reader' | 'desk' | 'card' | 'identity' | 'consent' | 'clinic' | 'end';

const stations: { readonly [Name in AuditEvent['name']]: Station } = {
  'reader.started': 'reader',
  'reception.started': 'card',
  'pin.right': 'identity',
  'pin.wrong': 'identity',
  'pin.locked': 'identity',
  'face.decided': 'identity',
  'visual.approved': 'identity',
  'staff.wrong': 'identity',
  'staff.locked': 'identity',
  'face.undecided': 'identity',
  'identity.proved': 'identity',
  'registration.done': 'consent',
  'registration.declined': 'consent',
  'consent.given': 'consent',
  'reception.accepted': 'clinic',
  'reception.pending': 'end',
  'card.left': 'end',
  'page.lost': 'reader',
  'panel.lost': 'reader',
  'panel.back': 'reader',
  'case.opened': 'reader',
  'case.closed': 'reader',
  'reception.stopped': 'end',
  'reception.ended': 'end',
  'reception.settled': 'end',
  'records.pruned': 'reader',
  'audit.exported': 'reader',
  'checkpoint.refused': 'reader',
  'clock.stepped': 'reader',
  'desk.signed-in': 'desk',
  'desk.sign-in-refused': 'desk',
  'desk.signed-out': 'desk',
  'desk.invited': 'desk',
  'desk.joined': 'desk',
  'desk.removed': 'desk',
  'desk.password-set': 'desk',
  'desk.approved': 'desk',
  'desk.glyphs-seen': 'desk',
  'desk.settings-changed': 'desk',
  'desk.audit-exported': 'desk',
  'desk.evidence-saved': 'desk',
  'technician.entered': 'reader',
  'technician.refused': 'reader',
  'technician.left': 'reader',
  'technician.tested': 'reader',
  'self-test.done': 'reader',
};

export type ReplayStep = {
  /** Since the first entry; 0 in another run of the program, whose clock cannot be compared. */
  readonly afterMs: number;
  /** Absent for an event that this program does not know. */
  readonly station: Station | undefined;
  readonly event: string;
  readonly fields: Readonly<Record<string, unknown>>;
};

/** Returns the steps in their order, none when the log does not know the reception. Fault: REC-701. */
export function replayReception(path: string, receptionId: string): Result<readonly ReplayStep[]> {
  return reading(() => {
    const database = new DatabaseSync(path, { readOnly: true });
    try {
      const entries = database.prepare('SELECT * FROM audit WHERE reception_id = ? ORDER BY seq').all(receptionId);
      return (entries as unknown as AuditEntry[]).map((entry, _, [first = entry]) => step(entry, first));
    } finally {
      database.close();
    }
  });
}

function step(entry: AuditEntry, first: AuditEntry): ReplayStep {
  // The file's name holds the reception and the calendar.
  const { fileName: _, ...fields } = JSON.parse(entry.fields) as Record<string, unknown>;
  return {
    afterMs: entry.boot_id === first.boot_id ? Math.round(entry.monotonic_ms - first.monotonic_ms) : 0,
    station: (stations as Readonly<Record<string, Station | undefined>>)[entry.name],
    event: entry.name,
    fields,
  };
}
