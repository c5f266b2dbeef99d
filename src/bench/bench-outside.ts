import { japanTime } from '../clinic/japan-time.ts';
import { type Clock, deadline } from '../clock.ts';
import type { FacilitySettings, InformationItem, Maintenance } from '../eligibility/gateway-types.ts';
import type { Result } from '../faults/result.ts';
import type { Bench } from './bench.ts';
import { queryInformation } from './clinic-query.ts';
import { OWN_PERSONA } from './dock/dock-bench.ts';
import {
  type AnswerTrouble,
  type CardState,
  type InformationAnswer,
  informationItems,
  type LoggedQuery,
  type OfficeChannel,
  type Outside,
  type OutsideView,
  type Prescription,
} from './dock/outside.ts';
import type { CaseName } from './gateway/insurance-cases.ts';
import { openWindows } from './gateway/maintenance.ts';
import type { InsuredPerson } from './gateway/people.ts';

const MAINTENANCE_MS = 4 * 3_600_000;
const QUERY_BOUND_MS = 10_000;
const QUERIES_SHOWN = 20;

/** Offices, insurers, the gateway's operator and the clinic, played on the bench's gateway. */
export class BenchOutside implements Outside {
  readonly #bench: Bench;
  readonly #clock: Clock;
  readonly #changed: () => void;
  readonly #cards = new Map<string, CardState>();
  #patient: string | undefined;
  #answer: ({ readonly item: InformationItem } & InformationAnswer) | undefined;
  #log: readonly LoggedQuery[] = [];

  constructor(bench: Bench, clock: Clock, changed: () => void) {
    this.#bench = bench;
    this.#clock = clock;
    this.#changed = changed;
  }

  view(): OutsideView {
    const { gateway } = this.#bench;
    const { inProgress, abnormal, loseAnswers, maintenance, facility } = gateway.controls;
    const { electronicPrescription, prescriptionAsked } = facility;
    const consentItems = informationItems.filter((item) => facility.consentItems.includes(item));
    return {
      people: gateway.people().map(({ personaId, channel, insuranceCase }) => {
        const card = this.#cards.get(personaId) ?? 'as-told';
        return { personaId, channel, insuranceCase, ...(personaId !== OWN_PERSONA && { card }) };
      }),
      maintenance: openWindows(maintenance, this.#clock.wall()),
      trouble: { inProgress, abnormal, loseAnswers },
      facility: { consentItems, electronicPrescription, prescriptionAsked },
      clinic: {
        ...(this.#patient !== undefined && { patient: this.#patient }),
        ...(this.#answer && { answer: this.#answer }),
        log: this.#log,
      },
    };
  }

  register(personaId: string, channel: OfficeChannel | undefined): void {
    this.#bench.gateway.register(personaId, channel);
    this.#changed();
  }

  insureAs(personaId: string, insuranceCase: CaseName): void {
    this.#bench.gateway.insureAs(personaId, insuranceCase);
    this.#changed();
  }

  async reissue(personaId: string, as: CardState): Promise<Result<void>> {
    const issued = await this.#bench.reissue(personaId, as);
    if (issued.ok) this.#cards.set(personaId, as);
    this.#changed();
    return issued;
  }

  setMaintenance(part: Maintenance['part'], on: boolean): void {
    const { controls } = this.#bench.gateway;
    const others = controls.maintenance.filter((window) => window.part !== part);
    const now = this.#clock.wall();
    const end = new Date(now.getTime() + MAINTENANCE_MS);
    controls.maintenance = on ? [...others, { part, from: minuteInJapan(now), until: minuteInJapan(end) }] : others;
    this.#changed();
  }

  setTrouble(change: Partial<AnswerTrouble>): void {
    Object.assign(this.#bench.gateway.controls, change);
    this.#changed();
  }

  setConsentItem(item: InformationItem, asked: boolean): void {
    const { consentItems } = this.#bench.gateway.controls.facility;
    const others = consentItems.filter((other) => other !== item);
    this.#setFacility({ consentItems: asked ? [...others, item] : others });
  }

  setPrescription(change: Partial<Prescription>): void {
    this.#setFacility(change);
  }

  /** Who was proved in this reception is the clinic's last patient from now on. */
  receptionEnded(receptionId: string): void {
    const { gateway } = this.#bench;
    const serialNumber = gateway.receptions().find((reception) => reception.receptionId === receptionId)?.serialNumber;
    const holder = this.#bench.cards().find((card) => card.holder?.serialNumber === serialNumber)?.holder;
    if (!holder) return;
    this.#patient = holder.personaId;
    this.#answer = undefined;
  }

  async query(item: InformationItem): Promise<void> {
    const { gateway, readerId } = this.#bench;
    const person = gateway.people().find(({ personaId }) => personaId === this.#patient);
    if (!person) return;
    const bound = deadline(this.#clock, QUERY_BOUND_MS);
    const answer = await queryInformation(gateway.requestAs(readerId), { ...insuranceOf(person), item }, bound.signal);
    bound.done();
    this.#log = gateway.informationLog().slice(-QUERIES_SHOWN).reverse();
    if (person.personaId === this.#patient) this.#answer = { item, ...answer };
    this.#changed();
  }

  #setFacility(change: Partial<FacilitySettings>): void {
    const { controls } = this.#bench.gateway;
    controls.facility = { ...controls.facility, ...change };
    this.#changed();
  }
}

/** By what a clinic asks for somebody; the gateway knows its people by their ordinary insurance. */
function insuranceOf({ insurerNumber, symbol, number, branch, birth }: InsuredPerson) {
  return {
    InsurerNumber: insurerNumber,
    InsuredCardSymbol: symbol,
    InsuredIdentificationNumber: number,
    InsuredBranchNumber: branch,
    Birthdate: birth.replaceAll('-', ''),
  };
}

/** `HH:MM` */
function minuteInJapan(at: Date): string {
  return japanTime(at).slice(8, 12).replace(/^../, '$&:');
}
