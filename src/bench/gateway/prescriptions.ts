/** Electronic prescriptions of the bench's people: invented, and good for four days, the day of issue among them. */
import type { DatabaseSync } from 'node:sqlite';
import type { Prescription } from '../../eligibility/gateway-types.ts';
import { isoDay } from './iso-day.ts';

export type Prescriptions = {
  /** What could be dispensed to this person on that day, oldest first. */
  open(personaId: string, now: Date): Prescription[];
  /** Those and no others of that reception. @param receptionId in which the patient chose them */
  dispense(ids: readonly string[], receptionId: string): void;
};

const GOOD_FOR_DAYS = 4;
const INSTITUTIONS = ['架空内科クリニック（架空）', '例示整形外科（架空）'] as const;

/** Issued so many days before the bench's first day. */
const issuedDaysAgo: Readonly<Record<string, readonly number[]>> = { 'pharmacy-visitor': [0, 1, 3, 4] };

export function createPrescriptions(database: DatabaseSync, now: Date): Prescriptions {
  const insert = database.prepare('INSERT OR IGNORE INTO prescription VALUES (?, ?, ?, ?, NULL)');
  const open = database.prepare(
    `SELECT id, issuedOn, institution FROM prescription
     WHERE personaId = ? AND issuedOn >= ? AND issuedOn <= ? AND dispensedIn IS NULL ORDER BY issuedOn, id`,
  );
  const release = database.prepare('UPDATE prescription SET dispensedIn = NULL WHERE dispensedIn = ?');
  const dispense = database.prepare('UPDATE prescription SET dispensedIn = ? WHERE id = ? AND dispensedIn IS NULL');
  for (const [personaId, days] of Object.entries(issuedDaysAgo))
    for (const [index, daysAgo] of days.entries()) {
      const issuedOn = isoDay(now, -daysAgo);
      insert.run(`RX-${personaId}-${issuedOn}`, personaId, issuedOn, INSTITUTIONS[index % INSTITUTIONS.length] ?? '');
    }
  return {
    open(personaId, at) {
      const rows: unknown[] = open.all(personaId, isoDay(at, 1 - GOOD_FOR_DAYS), isoDay(at));
      return rows as Prescription[];
    },
    dispense(ids, receptionId) {
      release.run(receptionId);
      for (const id of ids) dispense.run(receptionId, id);
    },
  };
}
