/**
 * Results that the clinic has not taken yet. They hold personal data, so each file is sealed under the data key; a
 * delivered one is deleted and overwritten.
 */
import type { DatabaseSync } from 'node:sqlite';
import { failed, ok, type Result } from '../faults/result.ts';
import type { Parcel } from '../reception/ports.ts';
import { openBytes, sealBytes } from './sealed-parcel.ts';
import { reading } from './store.ts';

export interface Outbox {
  /** The oldest parcel not delivered yet, in the order of the receptions; undefined when all are.
   *  Fault: REC-701 (unreadable, or not openable with this data key). */
  next(): Result<Parcel | undefined>;
  /** The parcel was handed over: it is deleted and its reception marked. May be called twice. Fault: REC-701. */
  delivered(receptionId: string): Result<void>;
  /** How many parcels wait. Fault: REC-701. */
  depth(): Result<number>;
  /** When the reception of the oldest parcel was accepted; undefined when none waits. Opens nothing. Fault: REC-701. */
  oldestAt(): Result<Date | undefined>;
}

/** The outbox within transactions of the caller's. */
export type OutboxTable = Omit<Outbox, 'delivered'> & {
  put(parcel: Pick<Parcel, 'receptionId' | 'files'>): void;
  /** Takes a reception of the first version, whose files lie in the clinic's folder already: they have no bytes here. */
  adopt(row: { readonly receptionId: string; readonly fileName: string }): void;
  remove(receptionId: string): void;
};

/** Whether anything waits that was sealed under the data key. */
export function outboxHoldsParcels(database: DatabaseSync): boolean {
  return database.prepare('SELECT 1 FROM outbox LIMIT 1').get() !== undefined;
}

export function createOutbox(database: DatabaseSync, dataKey: Uint8Array): OutboxTable {
  const insert = database.prepare('INSERT INTO outbox (reception_id, file_name, sealed) VALUES (?, ?, ?)');
  const remove = database.prepare('DELETE FROM outbox WHERE reception_id = ?');
  const count = database.prepare('SELECT count(DISTINCT reception_id) AS depth FROM outbox');
  const oldest = database.prepare(
    `SELECT reception_id AS receptionId, receptions.file_name AS fileName, accepted_at AS acceptedAt
     FROM outbox JOIN receptions USING (reception_id) ORDER BY ordinal LIMIT 1`,
  );
  const findOldest = () => oldest.get() as { receptionId: string; fileName: string; acceptedAt: string } | undefined;
  const filesOf = database.prepare('SELECT file_name AS name, sealed FROM outbox WHERE reception_id = ? ORDER BY ordinal');

  function open(receptionId: string): Parcel['files'] | undefined {
    const files: { readonly name: string; readonly bytes: Uint8Array }[] = [];
    for (const { name, sealed } of filesOf.all(receptionId) as { name: string; sealed: Uint8Array }[]) {
      const bytes = openBytes(dataKey, sealed, placeOf(receptionId, name));
      if (!bytes) return undefined;
      files.push({ name, bytes });
    }
    return files;
  }

  const put: OutboxTable['put'] = ({ receptionId, files }) => {
    if (files.length === 0) throw new Error('a parcel without files');
    for (const { name, bytes } of files) insert.run(receptionId, name, sealBytes(dataKey, bytes, placeOf(receptionId, name)));
  };

  return {
    put,
    adopt({ receptionId, fileName }) {
      const names = [fileName.replace(/\.xml$/, '.json'), fileName];
      put({ receptionId, files: names.map((name) => ({ name, bytes: new Uint8Array() })) });
    },
    remove: (receptionId) => void remove.run(receptionId),
    depth: () => reading(() => Number(count.get()?.['depth'])),
    oldestAt: () =>
      reading(() => {
        const parcel = findOldest();
        return parcel && new Date(parcel.acceptedAt);
      }),
    next() {
      const found = reading(() => {
        const parcel = findOldest();
        return parcel && { ...parcel, files: open(parcel.receptionId) };
      });
      if (!found.ok) return found;
      if (!found.value) return ok(undefined);
      const { files, acceptedAt, ...names } = found.value;
      if (!files) return failed('REC-701', `the result of reception ${names.receptionId} cannot be opened with this data key`);
      return ok({ ...names, files, acceptedAt: new Date(acceptedAt) });
    },
  };
}

function placeOf(receptionId: string, name: string): string {
  return JSON.stringify([receptionId, name]);
}
