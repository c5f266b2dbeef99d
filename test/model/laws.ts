/** What must hold whatever people do; each law says how it was broken. */
import { DatabaseSync } from 'node:sqlite';
import { personaById, personas } from '../../src/bench/personas.ts';
import { boundOf } from '../../src/reception/bounds.ts';
import type { Given } from '../../src/reception/questions.ts';
import type { State } from '../../src/reception/state.ts';
import type { Counter } from '../scenario/counter.ts';
import type { CounterModel, SeenReception } from './counter-model.ts';

/** Until a card's going is seen. */
const SEEN_WITHIN_MS = 500;

type Row = {
  readonly receptionId: string;
  readonly method: string;
  readonly approver: string | null;
  readonly given: Given;
  readonly fileName: string;
};

/** After each step. */
export function brokenNow(counter: Counter, model: CounterModel): string[] {
  return [
    ...model.laws,
    ...counter.defects.map((defect) => `a defect: ${defect}`),
    ...bound(counter, model),
    ...verified(counter, model),
  ];
}

function bound({ reader, clock }: Counter, { sinceMs }: CounterModel): string[] {
  const limit = boundOf(reader.state);
  const { at } = reader.state;
  if (!limit) return at === 'idle' || at === 'unavailable' ? [] : [`"${at}" has no bound`];
  const forMs = clock.now() - sinceMs;
  return forMs > limit.ms ? [`"${at}" has lasted ${forMs} ms of at most ${limit.ms}`] : [];
}

/** One VERIFY for an entry, to the card that it was meant for, and none where the card counts other tries than were told. */
function verified(counter: Counter, { entry, verifiesBefore }: CounterModel): string[] {
  const all = counter.pinVerifies();
  if (!entry) return all > verifiesBefore ? ['a VERIFY without an entry'] : [];
  const { told, had, before, here } = entry;
  const sent = all - before.all;
  const broken: string[] = [];
  if (sent > (told === had && had > 0 ? 1 : 0))
    broken.push(`${sent} VERIFY for an entry at ${told} tries told, ${had} on the card`);
  if (sent !== here() - before.here) broken.push('a VERIFY went to another card');
  return broken;
}

/** Once everything is back to normal, nobody stands there and what was open has been settled. */
export function brokenAtTheEnd(counter: Counter, model: CounterModel): string[] {
  const rows = rowsOf(counter);
  const { gateway } = counter.bench;
  const mine = gateway.receptions().filter(({ receptionId }) => model.receptions.has(receptionId));
  const there = mine.filter(({ consentedAt }) => consentedAt !== null).map(({ receptionId }) => receptionId);
  const here = rows.map(({ receptionId }) => receptionId);
  const broken: string[] = [];
  if (`${[...here].sort()}` !== `${[...there].sort()}`) broken.push(`rows here ${here}, at the gateway ${there}`);
  if (new Set(here).size !== here.length) broken.push(`recorded twice: ${here}`);
  const files = counter.resultFiles();
  if (`${rows.map(({ fileName }) => fileName).sort()}` !== `${files}`)
    broken.push(`rows are of ${rows.map(({ fileName }) => fileName)}, files are ${files}`);
  for (const row of rows) {
    const reception = model.receptions.get(row.receptionId);
    const atGateway = mine.find(({ receptionId }) => receptionId === row.receptionId);
    const agreed = atGateway?.consents ? (JSON.parse(atGateway.consents) as string[]) : [];
    const file = files.includes(row.fileName) ? counter.clinicFile(row.fileName) : '';
    if (!reception) broken.push(`${row.receptionId} is recorded and never began`);
    else
      broken.push(...personOf(file, reception, model), ...consented(row, reception, agreed, file), ...approved(row, reception));
  }
  return [...broken, ...onePlacingEach(rows, model)];
}

/** The last answer may come after the card has gone; from its placing to the proof it must have lain there. */
function placingsOf(reception: SeenReception, { placings }: CounterModel) {
  const { startedMs, provedMs = startedMs } = reception;
  return placings.filter(({ fromMs, toMs }) => fromMs <= startedMs && provedMs <= toMs + SEEN_WITHIN_MS);
}

function personOf(file: string, reception: SeenReception, model: CounterModel): string[] {
  const name = /<Name>(.*?)<\/Name>/.exec(file)?.[1];
  if (name === undefined) return [];
  const persona = personas.find((one) => one.name === name)?.id;
  const lay = placingsOf(reception, model).map((placing) => placing.persona);
  return persona !== undefined && lay.includes(persona)
    ? []
    : [`${reception.id} is of ${name}, whose card did not lie there (${lay})`];
}

function onePlacingEach(rows: readonly Row[], model: CounterModel): string[] {
  const used = new Map<unknown, string>();
  const broken: string[] = [];
  for (const { receptionId } of rows) {
    const reception = model.receptions.get(receptionId);
    const placing = reception && placingsOf(reception, model).at(-1);
    if (!placing) continue;
    const other = used.get(placing);
    if (other !== undefined) broken.push(`${receptionId} and ${other} are of one placing of ${placing.persona}’s card`);
    used.set(placing, receptionId);
  }
  return broken;
}

const flags: Readonly<Record<string, string>> = {
  'specific-diseases': 'SpecificDiseasesCertificateRelated',
  checkups: 'SpecificHealthCheckupsInfo',
  medicines: 'PharmacistsInfo',
  treatment: 'DiagnosisInfo',
  surgery: 'OperationInfo',
};

/** Nothing counts as agreed to unless every question was answered: who takes the card before has agreed to nothing. */
function consented({ receptionId, given }: Row, reception: SeenReception, atGateway: readonly string[], file: string): string[] {
  const yes = reception.answered === reception.asked ? [...reception.yes].sort() : [];
  const inFile = Object.keys(flags).filter((item) => file.includes(`<${flags[item]}ConsFlg>1</`));
  const said: Record<string, readonly string[]> = { row: given.consents, gateway: atGateway };
  if (/<QualificationValidity>/.test(file) && file.includes('<Name>')) said['file'] = inFile;
  return Object.entries(said)
    .filter(([, items]) => `${[...items].sort()}` !== `${yes}`)
    .map(
      ([where, items]) => `${receptionId}: agreed to ${yes.join() || 'nothing'}, the ${where} says ${items.join() || 'nothing'}`,
    );
}

function approved({ receptionId, method, approver }: Row, { approvers }: SeenReception): string[] {
  if (method !== 'visual') return approver === null ? [] : [`${receptionId} by ${method} names ${approver}`];
  return approver === 'counter' || (approver !== null && approvers.has(approver))
    ? []
    : [`${receptionId} was approved by ${approver}`];
}

function rowsOf({ recordsPath }: Counter): Row[] {
  const database = new DatabaseSync(recordsPath, { readOnly: true });
  try {
    const rows = database.prepare('SELECT reception_id, method, approver, given, file_name FROM receptions ORDER BY rowid').all();
    return rows.map((row) => ({
      receptionId: String(row['reception_id']),
      method: String(row['method']),
      approver: row['approver'] === null ? null : String(row['approver']),
      given: JSON.parse(String(row['given'])) as Given,
      fileName: String(row['file_name']),
    }));
  } finally {
    database.close();
  }
}

/** Where nothing personal may be any more, a second after it was reached. */
export function isOver(state: State): boolean {
  if (!('reception' in state)) return true;
  if (state.at === 'stopped') return !state.offers.some((offer) => ['face', 'pin', 'type-code', 'visual'].includes(offer));
  return state.at === 'take-card' || state.at === 'done' || state.at === 'pending';
}

/** COMPUTE DIGITAL SIGNATURE of the selected key: refused by a card that has been let go of. */
const SIGN = Uint8Array.of(0x80, 0x2a, 0x00, 0x80, 0x02, 0x30, 0x00, 0x00);

/** What a card would still do for whoever asks. */
export function cardStillOpen({ bench }: Counter): string[] {
  const { placed } = bench;
  if (!placed || personaById(placed.personaId)?.kind !== 'my-number') return [];
  const sw = placed.card.answer(SIGN).slice(-2);
  return sw[0] === 0x90 || sw[0] === 0x61 ? [`the card of ${placed.personaId} would sign`] : [];
}
