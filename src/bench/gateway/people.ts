/**
 * The gateway's database of insured people, in SQLite. 利用登録 (for use of the card as an insurance card) is the
 * person's: it outlives a change of insurer and a new card. A card is known by the serial number of its
 * user-authentication certificate; one that is new since the last visit must first be linked to its holder, which
 * only the service of the certificates can do.
 */
import type { DatabaseSync } from 'node:sqlite';
import type { Persona } from '../personas.ts';
import { type CaseName, caseOf } from './insurance-cases.ts';

/** Where 利用登録 can be made. */
export type Channel = 'reader' | 'portal' | 'atm' | 'window';

export type InsuredPerson = {
  readonly personaId: string;
  readonly name: string;
  readonly kana: string;
  readonly sex: string;
  readonly birth: string;
  readonly postNumber: string;
  readonly address: string;
  readonly insurerNumber: string;
  readonly insurerName: string;
  readonly symbol: string;
  readonly number: string;
  readonly branch: string;
  readonly insuranceCase: CaseName;
  /** Null: not registered. */
  readonly channel: Channel | null;
  /** ISO 8601 */
  readonly registeredAt: string | null;
};

/** Whose card it is, and whether that has been found out before. */
type KnownCard = InsuredPerson & { readonly linked: 0 | 1 };

export type People = {
  add(persona: Persona): void;
  /** A card that was issued to this person. @param linked false for one that was renewed and not used since */
  issueCard(serialNumber: string, personaId: string, linked: boolean): void;
  link(serialNumber: string): void;
  /** @param channel undefined takes the registration back */
  register(personaId: string, channel: Channel | undefined, at: Date): void;
  insureAs(personaId: string, insuranceCase: CaseName): void;
  bySerial(serialNumber: string): KnownCard | undefined;
  byId(personaId: string): InsuredPerson | undefined;
  /** @param birth YYYYMMDD */
  byInsurance(number: string, birth: string): readonly InsuredPerson[];
  all(): readonly InsuredPerson[];
};

/** Who is in the database already stays as they are. */
export function createPeople(database: DatabaseSync, personas: readonly Persona[]): People {
  const columns = `personaId, name, kana, sex, birth, postNumber, address, insurerNumber, insurerName, symbol, number, branch,
    insuranceCase`;
  const insert = (or: 'REPLACE' | 'IGNORE') =>
    database.prepare(`INSERT OR ${or} INTO insured (${columns}) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)`);
  const card = database.prepare('INSERT OR REPLACE INTO card VALUES (?, ?, ?)');
  const link = database.prepare('UPDATE card SET linked = 1 WHERE serialNumber = ?');
  const register = database.prepare('UPDATE insured SET channel = ?, registeredAt = ? WHERE personaId = ?');
  const insure = database.prepare('UPDATE insured SET insuranceCase = ? WHERE personaId = ?');
  const ofCard = database.prepare('SELECT insured.*, linked FROM card JOIN insured USING (personaId) WHERE serialNumber = ?');
  const ofId = database.prepare('SELECT * FROM insured WHERE personaId = ?');
  const ofInsurance = database.prepare("SELECT * FROM insured WHERE number = ? AND replace(birth, '-', '') = ?");
  const everybody = database.prepare('SELECT * FROM insured ORDER BY rowid');

  const add = (persona: Persona, or: 'REPLACE' | 'IGNORE') => void insert(or).run(...columnsOf(persona));
  for (const persona of personas) if (persona.kind === 'my-number') add(persona, 'IGNORE');

  return {
    add: (persona) => add(persona, 'REPLACE'),
    issueCard: (serialNumber, personaId, linked) => void card.run(serialNumber, personaId, linked ? 1 : 0),
    link: (serialNumber) => void link.run(serialNumber),
    register: (personaId, channel, at) => void register.run(channel ?? null, channel ? at.toISOString() : null, personaId),
    insureAs: (personaId, insuranceCase) => void insure.run(insuranceCase, personaId),
    bySerial: (serialNumber) => ofCard.get(serialNumber) as KnownCard | undefined,
    byId: (personaId) => ofId.get(personaId) as InsuredPerson | undefined,
    byInsurance: (number, birth) => ofInsurance.all(number, birth) as InsuredPerson[],
    all: () => everybody.all() as InsuredPerson[],
  };
}

function columnsOf(persona: Persona): string[] {
  const { id, name, kana, sex, birth, postNumber, address, insurer } = persona;
  const { number, name: insurerName, symbol, id: insuredNumber, branch } = insurer;
  return [id, name, kana, sex, birth, postNumber, address, number, insurerName, symbol, insuredNumber, branch, caseOf(persona)];
}
