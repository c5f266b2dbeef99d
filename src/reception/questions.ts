/**
 * What a patient is asked once identity is proved, and what was answered: pure rules over what the gateway knows of
 * the person and what the facility wants to ask. One question is one screen; most patients meet one.
 */
import type { ConsentAnswers, ConsentItem } from './qualification.ts';

/** Code 036; 特定疾病 is a certificate that is handed over, not information to be viewed. */
export type AskedItem = ConsentItem | 'specific-diseases';

/** What the facility has registered at the gateway. */
export type FacilitySettings = {
  readonly kind: 'clinic' | 'pharmacy';
  /** Code 037: the items that this facility asks for. */
  readonly consentItems: readonly AskedItem[];
  /** Code 038: 0 none. */
  readonly electronicPrescription: '0' | '1' | '2' | '3';
  /** Code 039: 1 elsewhere, 2 at the reader. */
  readonly prescriptionAsked: '1' | '2';
};

/** One electronic prescription that a pharmacy could dispense. Personal data: never part of a state. */
export type Prescription = { readonly id: string; readonly issuedOn: string; readonly institution: string };

/** What there is of this person to be asked about. Personal data: never part of a state. */
export type Askable = {
  /** YYYY-MM-DD */
  readonly birthdate: string;
  /** Of which information or certificates can be had. */
  readonly items: readonly AskedItem[];
  /** Whether there is a certificate of a public subsidy (医療費助成) that could be used today. */
  readonly subsidy: boolean;
  readonly prescriptions: readonly Prescription[];
};

export type Question =
  /** Medical information; `checkups`: by which name they are called at that age. */
  | { readonly ask: 'consent'; readonly items: readonly ConsentItem[]; readonly checkups: 'specific' | 'elderly' }
  /** 特定疾病療養受療証, apart from all else. */
  | { readonly ask: 'specific-diseases' }
  /** 医療費助成の受給者証. */
  | { readonly ask: 'subsidy' }
  /** 処方箋発行形態: electronic or on paper. */
  | { readonly ask: 'prescription' }
  /** Which of so many electronic prescriptions are to be dispensed. */
  | { readonly ask: 'dispensing'; readonly count: number };

/** What was answered at this reader. An item that was asked and is not among `consents` was refused. */
export type Given = {
  readonly asked: readonly AskedItem[];
  readonly consents: readonly AskedItem[];
  readonly subsidy?: boolean;
  /** 1 electronic, 2 on paper */
  readonly prescription?: '1' | '2';
  /** Places in the list that was shown, from 0. */
  readonly dispense?: readonly number[];
};

export const NOTHING_ASKED: Given = { asked: [], consents: [] };

/** 特定健診 are for those of 40 and older; from 75 on they are 後期高齢者健診. */
const CHECKUPS_FROM = 40;
const ELDERLY_FROM = 75;

const medical: readonly ConsentItem[] = ['medicines', 'checkups', 'treatment', 'surgery'];

/**
 * What this person is asked, in order. 限度額 is never among it: with a card it comes by itself.
 * @param today YYYY-MM-DD, in Japan
 */
export function questionsFor(askable: Askable, facility: FacilitySettings, today: string): readonly Question[] {
  const age = ageOn(askable.birthdate, today);
  const asksFor = (item: AskedItem) => facility.consentItems.includes(item) && askable.items.includes(item);
  const items = medical.filter((item) => asksFor(item) && (item !== 'checkups' || age >= CHECKUPS_FROM));
  const questions: Question[] = [];
  if (items.length > 0) questions.push({ ask: 'consent', items, checkups: age >= ELDERLY_FROM ? 'elderly' : 'specific' });
  if (asksFor('specific-diseases')) questions.push({ ask: 'specific-diseases' });
  if (askable.subsidy) questions.push({ ask: 'subsidy' });
  if (facility.electronicPrescription === '0') return questions;
  if (facility.kind === 'pharmacy') {
    if (askable.prescriptions.length > 0) questions.push({ ask: 'dispensing', count: askable.prescriptions.length });
  } else if (facility.prescriptionAsked === '2') questions.push({ ask: 'prescription' });
  return questions;
}

/** Full years on a day; who was born on 29 February is a year older on 1 March where there is no such day. */
export function ageOn(birthdate: string, today: string): number {
  const [bornIn, thisYear] = [birthdate, today].map((day) => Number(day.slice(0, 4))) as [number, number];
  return thisYear - bornIn - (today.slice(5) < birthdate.slice(5) ? 1 : 0);
}

/** Flags by 同意区分 for the result: an item that was not asked is absent. */
export function consentAnswers({ asked, consents }: Given): ConsentAnswers {
  return Object.fromEntries(asked.map((item) => [item, consents.includes(item) ? '1' : '0']));
}

/** What was asked, with nothing agreed to: as when the card is taken before an answer. */
export function refused(questions: readonly Question[], given: Given): Given {
  const asked = questions.flatMap((question) => askedBy(question));
  const { subsidy, prescription } = given;
  return {
    asked: [...given.asked, ...asked],
    consents: [],
    ...(subsidy === undefined ? {} : { subsidy }),
    ...(prescription === undefined ? {} : { prescription }),
  };
}

/** The items of the result that a question is about. */
export function askedBy(question: Question): readonly AskedItem[] {
  if (question.ask === 'consent') return question.items;
  return question.ask === 'specific-diseases' ? ['specific-diseases'] : [];
}
