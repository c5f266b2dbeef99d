/**
 * The gateway's database of insured people, in SQLite. 利用登録 (for use of the card as an insurance card) is the
 * person's: it outlives a change of insurer and a new card. A card is known by the serial number of its
 * user-authentication certificate: so the gateway knows what that is on, and when the card itself ends. One that is new
 * since the last visit must first be linked to its holder, which only the service of the certificates can do.
 */
import type { DatabaseSync } from 'node:sqlite';
import { expiryDate } from '../card/verification-code.ts';
import { birthOn } from '../persona.ts';
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

/** Whose card it is, whether that has been found out before, and what the certificate is on. */
export type KnownCard = InsuredPerson & {
  readonly linked: 0 | 1;
  readonly carrier: Persona['carrier'];
  /** Whether it was issued with a PIN. */
  readonly pin: 0 | 1;
  /** Whether a portrait is printed on it. */
  readonly portrait: 0 | 1;
  /** YYYYMMDD: the last day of the card, and of a phone the last day of the card that it was issued for. */
  readonly cardEndsOn: string;
};

/** What is issued to somebody. */
type CardIssue = {
  readonly serialNumber: string;
  /** False for one that was renewed and not used since. */
  readonly linked: boolean;
  /** Absent: where the persona has a face. */
  readonly portrait?: boolean | undefined;
};

export type People = {
  /** With 利用登録 where the persona has made it. */
  add(persona: Persona): void;
  issueCard(to: Persona, issue: CardIssue): void;
  /** Throws when nobody is known by that id. */
  persona(personaId: string): Persona;
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
export function createPeople(database: DatabaseSync, personas: readonly Persona[], now: () => Date): People {
  const stories = new Map<string, Persona>();
  const columns = `personaId, name, kana, sex, birth, postNumber, address, insurerNumber, insurerName, symbol, number, branch,
    insuranceCase, channel, registeredAt`;
  const insert = (or: 'REPLACE' | 'IGNORE') =>
    database.prepare(`INSERT OR ${or} INTO insured (${columns}) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)`);
  const card = database.prepare('INSERT OR REPLACE INTO card VALUES (?, ?, ?, ?, ?, ?, ?)');
  const link = database.prepare('UPDATE card SET linked = 1 WHERE serialNumber = ?');
  const register = database.prepare('UPDATE insured SET channel = ?, registeredAt = ? WHERE personaId = ?');
  const insure = database.prepare('UPDATE insured SET insuranceCase = ? WHERE personaId = ?');
  const ofCard = database.prepare(
    'SELECT insured.*, linked, carrier, pin, portrait, cardEndsOn FROM card JOIN insured USING (personaId) WHERE serialNumber = ?',
  );
  const ofId = database.prepare('SELECT * FROM insured WHERE personaId = ?');
  const ofInsurance = database.prepare("SELECT * FROM insured WHERE number = ? AND replace(birth, '-', '') = ?");
  const everybody = database.prepare('SELECT * FROM insured ORDER BY rowid');

  function add(persona: Persona, or: 'REPLACE' | 'IGNORE'): void {
    stories.set(persona.id, persona);
    insert(or).run(...columnsOf(persona, now()));
  }
  for (const persona of personas) if (persona.kind === 'my-number') add(persona, 'IGNORE');

  return {
    add: (persona) => add(persona, 'REPLACE'),
    issueCard(to, { serialNumber, linked, portrait = to.face !== undefined }) {
      const { id, carrier, hasPin, cardYears } = to;
      const endsOn = expiryDate(birthOn(to, now()), now(), cardYears);
      const printed = carrier === 'card' && portrait;
      card.run(serialNumber, id, Number(linked), carrier, Number(hasPin), Number(printed), endsOn);
    },
    persona(personaId) {
      const story = stories.get(personaId);
      if (!story) throw new Error(`the gateway knows nobody called ${personaId}`);
      return story;
    },
    link: (serialNumber) => void link.run(serialNumber),
    register: (personaId, channel, at) => void register.run(channel ?? null, channel ? at.toISOString() : null, personaId),
    insureAs: (personaId, insuranceCase) => void insure.run(insuranceCase, personaId),
    bySerial: (serialNumber) => ofCard.get(serialNumber) as KnownCard | undefined,
    byId: (personaId) => ofId.get(personaId) as InsuredPerson | undefined,
    byInsurance: (number, birth) => ofInsurance.all(number, birth) as InsuredPerson[],
    all: () => everybody.all() as InsuredPerson[],
  };
}

function columnsOf(persona: Persona, now: Date): (string | null)[] {
  const { id, name, kana, sex, postNumber, address, insurer, registered } = persona;
  const person = [id, name, kana, sex, birthOn(persona, now), postNumber, address];
  const insured = [insurer.number, insurer.name, insurer.symbol, insurer.id, insurer.branch, caseOf(persona)];
  const registration: readonly (string | null)[] = registered ? [USUAL_CHANNEL, now.toISOString()] : [null, null];
  return [...person, ...insured, ...registration];
}

/** Where those who come registered have made it. */
const USUAL_CHANNEL: Channel = 'window';
