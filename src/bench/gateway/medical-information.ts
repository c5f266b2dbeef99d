/**
 * A clinic's query for medical information. It is answered only within a consent that the patient gave at this
 * facility's reader, for the item asked and for 24 hours: the last time that it was asked counts. Every query is logged, answered or not.
 */
import type { DatabaseSync } from 'node:sqlite';
import type { Information, InformationQuery, RefusalCode } from '../../eligibility/gateway-types.ts';
import { type Asked, answer, refuse } from './answers.ts';
import { informationOf } from './askable.ts';
import { medicalEntries } from './medical-entries.ts';
import type { Answer } from './once.ts';
import type { InsuredPerson, People } from './people.ts';
import type { GatewayReceptions } from './receptions.ts';

export type InformationLogEntry = {
  /** ISO 8601 */
  readonly at: string;
  readonly device: string;
  readonly personaId: string | null;
  readonly item: string;
  readonly outcome: 'answered' | RefusalCode;
};

const AVAILABLE_MS = 24 * 3_600_000;

type Options = {
  readonly people: People;
  readonly receptions: GatewayReceptions;
  readonly database: DatabaseSync;
  readonly now: () => Date;
};

/** @returns the service, and its log, oldest first */
export function createMedicalInformation({ people, receptions, database, now }: Options) {
  const insert = database.prepare('INSERT INTO information_query VALUES (?, ?, ?, ?, ?)');
  const select = database.prepare('SELECT * FROM information_query ORDER BY rowid');

  function decide(query: InformationQuery, person: InsuredPerson | undefined): { until: Date } | { refusal: RefusalCode } {
    if (!person) return { refusal: 'person-unknown' };
    const reception = receptions.lastAsked(person.personaId, query.item);
    const items = JSON.parse(reception?.consents ?? '[]') as string[];
    if (!reception?.consentedAt || !items.includes(query.item)) return { refusal: 'no-consent' };
    const until = new Date(Date.parse(reception.consentedAt) + AVAILABLE_MS);
    return until <= now() ? { refusal: 'consent-expired' } : { until };
  }

  function serve({ device, body }: Asked): Answer {
    const query = body as InformationQuery;
    const person = people.byInsurance(query.InsuredIdentificationNumber, query.Birthdate).find((one) => isMeant(query, one));
    const decided = decide(query, person);
    const outcome = 'refusal' in decided ? decided.refusal : 'answered';
    insert.run(now().toISOString(), device, person?.personaId ?? null, query.item, outcome);
    if ('refusal' in decided) return refuse(422, decided.refusal);
    const had = person && informationOf(person.insuranceCase).includes(query.item);
    const entries = had ? [...medicalEntries[query.item]] : [];
    return answer<Information>(200, { item: query.item, availableUntil: decided.until.toISOString(), entries, simulated: true });
  }

  return { serve, log: () => select.all() as InformationLogEntry[] };
}

function isMeant(query: InformationQuery, person: InsuredPerson): boolean {
  const { InsurerNumber, InsuredCardSymbol, InsuredBranchNumber } = query;
  return (
    InsurerNumber === person.insurerNumber &&
    (InsuredCardSymbol === undefined || InsuredCardSymbol === person.symbol) &&
    (InsuredBranchNumber === undefined || InsuredBranchNumber === person.branch)
  );
}
