import type { FacilitySettings, InformationItem, Maintenance, OqsGroup, RefusalCode } from '../../eligibility/gateway-types.ts';
import type { Result } from '../../faults/result.ts';
import type { GatewayControls } from '../gateway/controls.ts';
import type { CaseName } from '../gateway/insurance-cases.ts';
import type { Channel } from '../gateway/people.ts';

/** Where 利用登録 can be made away from the reader. */
export const officeChannels = ['portal', 'atm', 'window'] as const satisfies readonly Channel[];
export type OfficeChannel = (typeof officeChannels)[number];

/** As what somebody's card can be issued anew; `as-told` is what the persona's story says. */
export const cardStates = ['as-told', 'renewed', 'ending', 'grace', 'past-grace', 'revoked', 'pin-locked', 'pin-reset'] as const;
export type CardState = (typeof cardStates)[number];

export const maintainedParts = ['jpki', 'gateway'] as const satisfies readonly Maintenance['part'][];

/** What a facility can ask for, and a clinic then query. */
export const informationItems = ['medicines', 'checkups', 'treatment', 'surgery'] as const satisfies readonly InformationItem[];

/** Somebody whom the gateway knows. */
export type DockPerson = {
  readonly personaId: string;
  /** Where 利用登録 was made; null: not registered. */
  readonly channel: Channel | null;
  readonly insuranceCase: CaseName;
  /** Absent for the card with one's own face, which cannot be issued again: its portrait is not kept. */
  readonly card?: CardState;
};

/** What goes wrong with the gateway's next answers; see gateway/controls.ts. */
export type AnswerTrouble = Readonly<Pick<GatewayControls, 'inProgress' | 'abnormal' | 'loseAnswers'>>;

/** Codes 038 and 039. */
export type Prescription = Readonly<Pick<FacilitySettings, 'electronicPrescription' | 'prescriptionAsked'>>;

/** What a clinic was told; `no-answer`: none came, or none that the protocol allows. */
export type InformationAnswer =
  | {
      readonly outcome: 'answered';
      /** ISO 8601 */
      readonly availableUntil: string;
      readonly entries: readonly OqsGroup[];
    }
  | { readonly outcome: RefusalCode | 'no-answer' };

/** One query as the gateway has logged it. */
export type LoggedQuery = {
  /** ISO 8601 */
  readonly at: string;
  readonly personaId: string | null;
  readonly item: string;
  readonly outcome: string;
};

export type OutsideView = {
  readonly people: readonly DockPerson[];
  /** What is under maintenance now. */
  readonly maintenance: readonly Maintenance[];
  readonly trouble: AnswerTrouble;
  readonly facility: Prescription & { readonly consentItems: readonly InformationItem[] };
  readonly clinic: {
    /** Whose identity was proved last. */
    readonly patient?: string;
    readonly answer?: { readonly item: InformationItem } & InformationAnswer;
    /** Newest first. */
    readonly log: readonly LoggedQuery[];
  };
};

/** What happens outside of the reader: at a portal or a municipal window, at the insurer's, the gateway's and the clinic's. */
export interface Outside {
  /** 利用登録, seen by the reader at the next card. @param channel undefined takes it back */
  register(personaId: string, channel: OfficeChannel | undefined): void;
  insureAs(personaId: string, insuranceCase: CaseName): void;
  /** Takes the person's card from the reader and issues another in its place, which takes up to a second.
   *  Fault: SYS-902 for whoever has no card that can be issued again. */
  reissue(personaId: string, as: CardState): Promise<Result<void>>;
  /** Maintenance of that part begins now, for some hours; or ends. */
  setMaintenance(part: Maintenance['part'], on: boolean): void;
  setTrouble(change: Partial<AnswerTrouble>): void;
  /** Whether the facility asks for consent to it; this and the next are seen by the reader at the next card. */
  setConsentItem(item: InformationItem, asked: boolean): void;
  setPrescription(change: Partial<Prescription>): void;
  /** The clinic asks the gateway for medical information of the last patient; nothing is asked while there is none. */
  query(item: InformationItem): Promise<void>;
}
