import type { ClinicResult } from '../reception/ports.ts';
import type { ConsentFlag, ConsentItem } from '../reception/qualification.ts';

/** What was answered at this reader, by 同意区分 (code 016); an item that was not asked is absent. */
export type ConsentAnswers = { readonly [item in ConsentItem | 'specific-diseases']?: ConsentFlag };

/** One stage of a reception: what it was, when it began after the card was placed, and how long it took. */
type Stage = { readonly stage: string; readonly startMs: number; readonly durationMs: number };

/** A reception's result, with what else the clinic's files can tell of it. */
export type HandOver = ClinicResult & {
  /** Absent: `consents` were given and the other items refused. */
  readonly answers?: ConsentAnswers;
  /** 処方箋発行形態: 1 electronic, 2 on paper; absent where the patient was not asked. */
  readonly prescription?: '1' | '2';
  /** 処理結果コード and its message, also beside a success: the certificate ends within three months. */
  readonly note?: { readonly code: string; readonly message: string };
  readonly stages?: readonly Stage[];
};
