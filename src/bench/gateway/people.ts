/**
 * The gateway's database of insured people and of the cards that are registered for use as an insurance card
 * (利用登録): SQLite in memory. A card is known by the serial number of its user-authentication certificate.
 */
import { DatabaseSync } from 'node:sqlite';
import type { QualificationValidity } from '../../reception/qualification.ts';
import type { Persona } from '../personas.ts';

export type InsuredPerson = {
  readonly personaId: string;
  readonly name: string;
  readonly kana: string;
  readonly sex: string;
  readonly birth: string;
  readonly postNumber: string;
  readonly address: string;
  readonly validity: QualificationValidity;
  readonly insurerNumber: string;
  readonly insurerName: string;
  readonly symbol: string;
  readonly number: string;
  readonly branch: string;
};

export type People = {
  add(persona: Persona): void;
  register(serialNumber: string, personaId: string): void;
  /** Whose registered card this is. */
  bySerial(serialNumber: string): InsuredPerson | undefined;
  close(): void;
};

const SCHEMA = `
  CREATE TABLE insured (
    personaId TEXT PRIMARY KEY, name TEXT NOT NULL, kana TEXT NOT NULL, sex TEXT NOT NULL, birth TEXT NOT NULL,
    postNumber TEXT NOT NULL, address TEXT NOT NULL, validity TEXT NOT NULL, insurerNumber TEXT NOT NULL,
    insurerName TEXT NOT NULL, symbol TEXT NOT NULL, number TEXT NOT NULL, branch TEXT NOT NULL
  ) STRICT;
  CREATE TABLE card (
    serialNumber TEXT PRIMARY KEY, personaId TEXT NOT NULL REFERENCES insured (personaId)
  ) STRICT;`;

export function createPeople(personas: readonly Persona[]): People {
  const database = new DatabaseSync(':memory:');
  database.exec(SCHEMA);
  const insert = database.prepare('INSERT OR REPLACE INTO insured VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)');
  const register = database.prepare('INSERT OR REPLACE INTO card VALUES (?, ?)');
  const select = database.prepare('SELECT insured.* FROM card JOIN insured USING (personaId) WHERE serialNumber = ?');

  function add({ id, name, kana, sex, birth, postNumber, address, validity, insurer }: Persona): void {
    insert.run(id, name, kana, sex, birth, postNumber, address, validity, ...insurerColumns(insurer));
  }
  for (const persona of personas) if (persona.kind === 'my-number') add(persona);

  return {
    add,
    register: (serialNumber, personaId) => void register.run(serialNumber, personaId),
    bySerial: (serialNumber) => select.get(serialNumber) as InsuredPerson | undefined,
    close: () => database.close(),
  };
}

function insurerColumns({ number, name, symbol, id, branch }: Persona['insurer']): string[] {
  return [number, name, symbol, id, branch];
}
