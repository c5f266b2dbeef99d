/** The technician's password while it is being typed: bytes, never a string, wiped once they have been compared. */
import { PinEntry } from '../reception/pin-entry.ts';
import { TECHNICIAN_DIGITS, type TechnicianPassword } from './password.ts';
import type { PasswordProblem, TechnicianView } from './view.ts';

const MINUTE_MS = 60_000;
const ERASE = 0x08;

export type PasswordEntry = {
  view(): Extract<TechnicianView, { at: 'password' }>;
  /** An ASCII digit, or 08 to erase one. */
  key(key: number): void;
  /** Has what was typed compared, where it is long enough. */
  enter(): Promise<void>;
  /** Forgets everything that was typed; an answer that still comes is not looked at. */
  close(): void;
};

export type PasswordEntryOptions = {
  readonly password: TechnicianPassword;
  readonly onChange: () => void;
  readonly onRight: () => void;
  readonly onRefused: (problem: PasswordProblem['at']) => void;
};

export function openPasswordEntry({ password, onChange, onRight, onRefused }: PasswordEntryOptions): PasswordEntry {
  const entry = new PinEntry(TECHNICIAN_DIGITS.most);
  let problem: PasswordProblem | undefined = password.isSet ? undefined : { at: 'none' };
  let checking = false;
  let closed = false;

  return {
    view: () => ({
      ...{ at: 'password', digits: entry.count, least: TECHNICIAN_DIGITS.least, checking },
      ...(problem && { problem }),
    }),
    key(key) {
      if (checking || closed) return;
      if (key === ERASE) entry.erase();
      else entry.press(key);
      onChange();
    },
    async enter() {
      if (checking || closed || entry.count < TECHNICIAN_DIGITS.least) return;
      checking = true;
      problem = undefined;
      onChange();
      const verdict = await entry.spend((digits) => password.verify(digits));
      checking = false;
      if (closed) return;
      problem = problemOf(verdict);
      if (!problem) return onRight();
      onRefused(problem.at);
      onChange();
    },
    close() {
      closed = true;
      entry.wipe();
    },
  };
}

/** @returns undefined when it was right */
function problemOf(verdict: Awaited<ReturnType<TechnicianPassword['verify']>>): PasswordProblem | undefined {
  if (!verdict.ok) return { at: verdict.fault.code === 'STAFF-852' ? 'none' : 'failed' };
  switch (verdict.value.at) {
    case 'right':
      return undefined;
    case 'wrong':
      return { at: 'wrong', triesLeft: verdict.value.triesLeft };
    case 'locked':
      return { at: 'locked', minutes: Math.ceil(verdict.value.forMs / MINUTE_MS) };
  }
}
