import { DatabaseSync } from 'node:sqlite';
import type { Method } from '../../reception/ports.ts';
import type { ConsentItem } from '../../reception/qualification.ts';

/** One reception as the gateway has recorded it. */
export type GatewayReception = {
  readonly receptionId: string;
  readonly device: string;
  /** 32 bytes; one proof over it is accepted, ever. */
  readonly challenge: Uint8Array;
  readonly method: Method | null;
  /** Of the proved certificate. */
  readonly serialNumber: string | null;
  /** JSON array of ConsentItem, once recorded. */
  readonly consents: string | null;
  /** ISO 8601 */
  readonly consentedAt: string | null;
};

export type GatewayReceptions = {
  /** False when there is one of this id already. */
  open(receptionId: string, device: string, challenge: Uint8Array): boolean;
  /** A reader sees its own receptions only. */
  find(receptionId: string, device: string): GatewayReception | undefined;
  prove(receptionId: string, method: Method, serialNumber: string): void;
  consent(receptionId: string, items: readonly ConsentItem[], at: Date): void;
  all(): readonly GatewayReception[];
  close(): void;
};

const SCHEMA = `
  CREATE TABLE reception (
    receptionId TEXT PRIMARY KEY, device TEXT NOT NULL, challenge BLOB NOT NULL,
    method TEXT, serialNumber TEXT, consents TEXT, consentedAt TEXT
  ) STRICT;`;

export function createReceptions(): GatewayReceptions {
  const database = new DatabaseSync(':memory:');
  database.exec(SCHEMA);
  const open = database.prepare('INSERT OR IGNORE INTO reception (receptionId, device, challenge) VALUES (?, ?, ?)');
  const find = database.prepare('SELECT * FROM reception WHERE receptionId = ? AND device = ?');
  const prove = database.prepare('UPDATE reception SET method = ?, serialNumber = ? WHERE receptionId = ? AND method IS NULL');
  const consent = database.prepare('UPDATE reception SET consents = ?, consentedAt = ? WHERE receptionId = ?');
  const all = database.prepare('SELECT * FROM reception ORDER BY rowid');
  return {
    open: (receptionId, device, challenge) => open.run(receptionId, device, challenge).changes === 1,
    find: (receptionId, device) => find.get(receptionId, device) as GatewayReception | undefined,
    prove: (receptionId, method, serialNumber) => void prove.run(method, serialNumber, receptionId),
    consent: (receptionId, items, at) => void consent.run(JSON.stringify(items), at.toISOString(), receptionId),
    all: () => all.all() as GatewayReception[],
    close: () => database.close(),
  };
}
