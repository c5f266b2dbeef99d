import type { DatabaseSync } from 'node:sqlite';
import type { Consent } from '../../eligibility/gateway-types.ts';
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
  /** Who confirmed by eye. */
  readonly approver: string | null;
  /** Of the proved certificate. */
  readonly serialNumber: string | null;
  /** ISO 8601, of the proved certificate. */
  readonly certificateEnd: string | null;
  /** 1: the certificate had ended, and proved who somebody is only. */
  readonly qualificationOnly: 0 | 1;
  /** JSON array of the ids of the prescriptions that the reader was last told of, in that order. */
  readonly offered: string | null;
  /** JSON array of ConsentItem: what the patient was asked, once recorded. */
  readonly asked: string | null;
  /** JSON array of ConsentItem: of it, what was agreed to. */
  readonly consents: string | null;
  /** ISO 8601 */
  readonly consentedAt: string | null;
  /** 1 electronic, 2 on paper. */
  readonly prescription: '1' | '2' | null;
  /** Whether the certificate of a subsidy is to be used; null where that was not asked. */
  readonly subsidy: 0 | 1 | null;
  /** JSON array of places in `offered`: what is to be dispensed. */
  readonly dispense: string | null;
  /** ISO 8601: when the eligibility was first told. */
  readonly answeredAt: string | null;
  /** ISO 8601: nothing more is accepted of it. */
  readonly settledAt: string | null;
};

/** How identity was proved, and by which certificate. */
type ProvedHolder = {
  readonly method: Method;
  readonly approver?: string;
  readonly serialNumber: string;
  readonly certificateEnd: Date;
  readonly qualificationOnly: boolean;
};

export type GatewayReceptions = {
  /** False when there is one of this id already. */
  open(receptionId: string, device: string, challenge: Uint8Array, at: Date): boolean;
  /** A reader sees its own receptions only. */
  find(receptionId: string, device: string): GatewayReception | undefined;
  prove(receptionId: string, proved: ProvedHolder): void;
  /** @param ids of the prescriptions that the reader is told of */
  offer(receptionId: string, ids: readonly string[]): void;
  /** The last one counts. */
  consent(receptionId: string, consent: Consent, at: Date): void;
  answer(receptionId: string, at: Date): void;
  settle(receptionId: string, at: Date): void;
  /** The newest in which the holder of these cards was asked for that item. */
  lastAsked(personaId: string, item: string): GatewayReception | undefined;
  all(): readonly GatewayReception[];
};

export function createReceptions(database: DatabaseSync): GatewayReceptions {
  const open = database.prepare('INSERT OR IGNORE INTO reception (receptionId, device, challenge, openedAt) VALUES (?, ?, ?, ?)');
  const find = database.prepare('SELECT * FROM reception WHERE receptionId = ? AND device = ?');
  const prove = database.prepare(
    `UPDATE reception SET method = ?, approver = ?, serialNumber = ?, certificateEnd = ?, qualificationOnly = ?
     WHERE receptionId = ? AND method IS NULL`,
  );
  const offer = database.prepare('UPDATE reception SET offered = ? WHERE receptionId = ?');
  const consent = database.prepare(
    `UPDATE reception SET asked = ?, consents = ?, prescription = ?, subsidy = ?, dispense = ?, consentedAt = ?
     WHERE receptionId = ?`,
  );
  const answer = database.prepare('UPDATE reception SET answeredAt = coalesce(answeredAt, ?) WHERE receptionId = ?');
  const settle = database.prepare('UPDATE reception SET settledAt = coalesce(settledAt, ?) WHERE receptionId = ?');
  const last = database.prepare(
    `SELECT reception.* FROM reception JOIN card USING (serialNumber)
     WHERE personaId = ? AND ? IN (SELECT value FROM json_each(asked)) ORDER BY consentedAt DESC, reception.rowid DESC LIMIT 1`,
  );
  const all = database.prepare('SELECT * FROM reception ORDER BY rowid');
  return {
    open: (receptionId, device, challenge, at) => open.run(receptionId, device, challenge, at.toISOString()).changes === 1,
    find: (receptionId, device) => find.get(receptionId, device) as GatewayReception | undefined,
    prove(receptionId, { method, approver = null, serialNumber, certificateEnd, qualificationOnly }) {
      prove.run(method, approver, serialNumber, certificateEnd.toISOString(), qualificationOnly ? 1 : 0, receptionId);
    },
    offer: (receptionId, ids) => void offer.run(JSON.stringify(ids), receptionId),
    consent(receptionId, { asked, items, prescription = null, subsidy, dispense }, at) {
      const used = subsidy === undefined ? null : Number(subsidy);
      const places = dispense ? JSON.stringify(dispense) : null;
      consent.run(JSON.stringify(asked), JSON.stringify(items), prescription, used, places, at.toISOString(), receptionId);
    },
    answer: (receptionId, at) => void answer.run(at.toISOString(), receptionId),
    settle: (receptionId, at) => void settle.run(at.toISOString(), receptionId),
    lastAsked: (personaId, item) => last.get(personaId, item) as GatewayReception | undefined,
    all: () => all.all() as GatewayReception[],
  };
}

/** What the patient answered in this reception, as it was recorded; undefined before. */
export function consentIn({ asked, consents, prescription, subsidy, dispense }: GatewayReception): Consent | undefined {
  if (!asked || !consents) return undefined;
  const consent: Consent = { asked: JSON.parse(asked), items: JSON.parse(consents) };
  if (prescription !== null) consent.prescription = prescription;
  if (subsidy !== null) consent.subsidy = subsidy === 1;
  if (dispense !== null) consent.dispense = JSON.parse(dispense);
  return consent;
}
