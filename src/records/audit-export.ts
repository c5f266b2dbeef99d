import { randomUUID } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import type { Clock } from '../clock.ts';
import { ok, type Result } from '../faults/result.ts';
import { auditCopy } from './audit-copy.ts';
import { createAuditLog } from './audit-log.ts';
import { systemClockTrust } from './clock-trust.ts';
import { inTransaction, openStore, reading } from './store.ts';

export type ExportOptions = {
  readonly clock: Clock;
  /** Of the program. */
  readonly version: string;
  /** Whether the copy is sealed before it leaves. */
  readonly sealed: boolean;
};

/**
 * A copy of a store's audit log to be given away; that it was given is its last entry, and nothing leaves a store that
 * cannot note it. The reader may be running. A log that is such a copy itself is copied as it is. Fault: REC-701.
 */
export function exportAudit(path: string, options: ExportOptions): Result<Uint8Array> {
  const store = isStore(path);
  if (!store.ok) return store;
  const noted = store.value ? noteExport(path, options) : ok();
  return noted.ok ? auditCopy(path) : noted;
}

function isStore(path: string): Result<boolean> {
  return reading(() => {
    const database = new DatabaseSync(path, { readOnly: true });
    try {
      return database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'receptions'").get() !== undefined;
    } finally {
      database.close();
    }
  });
}

function noteExport(path: string, { clock, version, sealed }: ExportOptions): Result<void> {
  const store = openStore(path);
  if (!store.ok) return store;
  const database = store.value;
  const audit = createAuditLog({ database, clockTrust: systemClockTrust, version, bootId: randomUUID() });
  const event = { name: 'audit.exported', sealed } as const;
  const noted = inTransaction(database, () => audit.append({ event, atMs: clock.now(), wall: clock.wall() }));
  database.close();
  return noted;
}
