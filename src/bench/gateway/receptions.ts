import type { DatabaseSync } from 'node:sqlite';
import type { Method } from '../../reception/ports.ts';

/** One reception as the gateway has recorded it. */
export type GatewayReception = {
  readonly receptionId: string;
  readonly device: string;
  /** 32 bytes; one proof over it is accepted, ever. Empty where the reception was settled before it came here. */
  readonly challenge: Uint8Array;
  /** ISO 8601 */
  readonly openedAt: string;
  readonly method: Method | null;
  /** Of the proved certificate. */
  readonly serialNumber: string | null;
  /** 1: the certificate had ended, and proved who somebody is only. */
  readonly qualificationOnly: 0 | 1;
  /** JSON array of ConsentItem, once recorded. */
  readonly consents: string | null;
  /** ISO 8601 */
  readonly consentedAt: string | null;
  /** 1 electronic, 2 on paper. */
  readonly prescription: string | null;
  /** ISO 8601: when the eligibility was first told. */
  readonly answeredAt: string | null;
  /** ISO 8601: nothing more is accepted of it. */
  readonly settledAt: string | null;
};

export type GatewayReceptions = {
  /** False when there is one of this id already. */
  open(receptionId: string, device: string, challenge: Uint8Array, at: Date): boolean;
  /** A reader sees its own receptions only. */
  find(receptionId: string, device: string): GatewayReception | undefined;
  prove(receptionId: string, method: Method, serialNumber: string, qualificationOnly: boolean): void;
  consent(receptionId: string, items: readonly string[], prescription: string | undefined, at: Date): void;
  answer(receptionId: string, at: Date): void;
  settle(receptionId: string, at: Date): void;
  /** The newest with a recorded consent of cards of that holder. */
  lastConsent(personaId: string): GatewayReception | undefined;
  all(): readonly GatewayReception[];
};

export function createReceptions(database: DatabaseSync): GatewayReceptions {
  const open = database.prepare('INSERT OR IGNORE INTO reception (receptionId, device, challenge, openedAt) VALUES (?, ?, ?, ?)');
  const find = database.prepare('SELECT * FROM reception WHERE receptionId = ? AND device = ?');
  const prove = database.prepare(
    'UPDATE reception SET method = ?, serialNumber = ?, qualificationOnly = ? WHERE receptionId = ? AND method IS NULL',
  );
  const consent = database.prepare('UPDATE reception SET consents = ?, prescription = ?, consentedAt = ? WHERE receptionId = ?');
  const answer = database.prepare('UPDATE reception SET answeredAt = coalesce(answeredAt, ?) WHERE receptionId = ?');
  const settle = database.prepare('UPDATE reception SET settledAt = coalesce(settledAt, ?) WHERE receptionId = ?');
  const last = database.prepare(
    `SELECT reception.* FROM reception JOIN card USING (serialNumber)
     WHERE personaId = ? AND consentedAt IS NOT NULL ORDER BY consentedAt DESC, reception.rowid DESC LIMIT 1`,
  );
  const all = database.prepare('SELECT * FROM reception ORDER BY rowid');
  return {
    open: (receptionId, device, challenge, at) => open.run(receptionId, device, challenge, at.toISOString()).changes === 1,
    find: (receptionId, device) => find.get(receptionId, device) as GatewayReception | undefined,
    prove: (receptionId, method, serialNumber, qualificationOnly) =>
      void prove.run(method, serialNumber, qualificationOnly ? 1 : 0, receptionId),
    consent: (receptionId, items, prescription, at) =>
      void consent.run(JSON.stringify(items), prescription ?? null, at.toISOString(), receptionId),
    answer: (receptionId, at) => void answer.run(at.toISOString(), receptionId),
    settle: (receptionId, at) => void settle.run(at.toISOString(), receptionId),
    lastConsent: (personaId) => last.get(personaId) as GatewayReception | undefined,
    all: () => all.all() as GatewayReception[],
  };
}
