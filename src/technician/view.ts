/** What the menu shows, and what a technician says by touching it. */
import type { Light } from '../faults/catalogue.ts';
import type { Sound } from '../reception/ports.ts';
import type { TestByHand, TestedPart } from './parts.ts';
import type { SelfTestRow } from './self-test.ts';

export type ShownPart = {
  readonly part: TestedPart;
  readonly running: boolean;
  /** Absent until it has been looked at. */
  readonly row: SelfTestRow | undefined;
};

type ShownHandTest = { readonly test: TestByHand; readonly works: boolean | undefined };

/** How far a test by hand has come. */
export type HandStep =
  /** Of the four corners, those that were touched. */
  | { readonly test: 'touch'; readonly touched: readonly boolean[] }
  | { readonly test: 'lights'; readonly light: Light; readonly step: number; readonly of: number }
  | { readonly test: 'sounds'; readonly sound: Sound; readonly step: number; readonly of: number }
  /** The characters on the keys that were pressed. */
  | { readonly test: 'pad'; readonly pressed: readonly string[] }
  /** At the reader's own module, or on the second UART, where a simulator stands for module and card. */
  | { readonly test: 'test-card' | 'second-uart'; readonly card: CardStep };

export type CardStep =
  | { readonly at: 'waiting' }
  | { readonly at: 'reading' }
  | { readonly at: 'read'; readonly words: string }
  | { readonly at: 'failed'; readonly code: string };

export type PasswordProblem =
  | { readonly at: 'wrong'; readonly triesLeft: number }
  | { readonly at: 'locked'; readonly minutes: number }
  /** None is set for this unit. */
  | { readonly at: 'none' }
  /** It could not be checked. */
  | { readonly at: 'failed' };

/** Where staff open their console, and what a PC and a person need there at first. */
export type ShownDesk = {
  readonly url: string;
  /** The first administrator's; absent once there is one. */
  readonly setupCode: string | undefined;
  /** SHA-256 of the authority's certificate: `AB:CD:…`. */
  readonly fingerprint: string;
};

export type TechnicianView =
  | {
      readonly at: 'password';
      readonly digits: number;
      readonly least: number;
      readonly checking: boolean;
      readonly problem?: PasswordProblem;
    }
  | { readonly at: 'list'; readonly parts: readonly ShownPart[]; readonly byHand: readonly ShownHandTest[] }
  | { readonly at: 'part'; readonly shown: ShownPart }
  | { readonly at: 'hand'; readonly step: HandStep }
  /** Where the evidence sheet is to be had. */
  | { readonly at: 'sheet'; readonly deskUrl: string | undefined }
  /** Undefined: the console is not served. */
  | { readonly at: 'desk'; readonly desk: ShownDesk | undefined };

export type TechnicianIntent =
  | { readonly say: 'enter-password' }
  | { readonly say: 'look-at'; readonly part: TestedPart }
  | { readonly say: 'begin'; readonly test: TestByHand }
  /** The parts' tests: the one that is shown, or all. */
  | { readonly say: 'again' }
  /** A corner of the screen, 0…3, was touched. */
  | { readonly say: 'touched'; readonly corner: number }
  | { readonly say: 'play' }
  /** What is shown or heard is as it should be, or is not. */
  | { readonly say: 'judge'; readonly works: boolean }
  | { readonly say: 'show-sheet' }
  | { readonly say: 'show-desk' }
  | { readonly say: 'back' }
  | { readonly say: 'leave' };
