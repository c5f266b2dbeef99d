/** The gateway's one SQLite database: who is insured, whose card it is, prescriptions, receptions, answers given, queries,
 *  enrolments, checkpoints. */
import { DatabaseSync } from 'node:sqlite';

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS insured (
    personaId TEXT PRIMARY KEY, name TEXT NOT NULL, kana TEXT NOT NULL, sex TEXT NOT NULL, birth TEXT NOT NULL,
    postNumber TEXT NOT NULL, address TEXT NOT NULL, insurerNumber TEXT NOT NULL, insurerName TEXT NOT NULL,
    symbol TEXT NOT NULL, number TEXT NOT NULL, branch TEXT NOT NULL, insuranceCase TEXT NOT NULL,
    channel TEXT, registeredAt TEXT
  ) STRICT;
  CREATE TABLE IF NOT EXISTS card (
    serialNumber TEXT PRIMARY KEY, personaId TEXT NOT NULL REFERENCES insured (personaId), linked INTEGER NOT NULL,
    carrier TEXT NOT NULL, pin INTEGER NOT NULL, portrait INTEGER NOT NULL, cardEndsOn TEXT NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS prescription (
    id TEXT PRIMARY KEY, personaId TEXT NOT NULL, issuedOn TEXT NOT NULL, institution TEXT NOT NULL, dispensedIn TEXT
  ) STRICT;
  CREATE TABLE IF NOT EXISTS reception (
    receptionId TEXT PRIMARY KEY, device TEXT NOT NULL, challenge BLOB NOT NULL, openedAt TEXT NOT NULL, method TEXT,
    approver TEXT, serialNumber TEXT, certificateEnd TEXT, qualificationOnly INTEGER NOT NULL DEFAULT 0, offered TEXT,
    asked TEXT, consents TEXT, consentedAt TEXT, prescription TEXT, subsidy INTEGER, dispense TEXT, answeredAt TEXT, settledAt TEXT
  ) STRICT;
  CREATE TABLE IF NOT EXISTS answer (
    key TEXT PRIMARY KEY, request TEXT NOT NULL, status INTEGER NOT NULL, body TEXT NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS information_query (
    at TEXT NOT NULL, device TEXT NOT NULL, personaId TEXT, item TEXT NOT NULL, outcome TEXT NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS enrolment (
    tokenHash TEXT PRIMARY KEY, readerId TEXT NOT NULL, publicKey TEXT, certificate TEXT, usedAt TEXT
  ) STRICT;
  CREATE TABLE IF NOT EXISTS checkpoint (
    readerId TEXT PRIMARY KEY, seq INTEGER NOT NULL, hash TEXT NOT NULL, at TEXT NOT NULL, signature TEXT NOT NULL
  ) STRICT;`;

/** @param path of a file that is kept, or `:memory:` */
export function openGatewayDatabase(path = ':memory:'): DatabaseSync {
  const database = new DatabaseSync(path);
  database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; ${SCHEMA}`);
  return database;
}
