import type { Clock } from '../clock.ts';
import type { Role } from './people.ts';

/** Without 0, O, 1, I: they are read aloud and typed. 32 letters, so that each takes five bits. */
const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const CODE_LENGTH = 10;
const VALID_MS = 15 * 60_000;

export type Invitations = {
  /** A code that makes one person a member of the desk; memory only. Written `ABCDE-FGHJK`. */
  make(role: Role): string;
  /** As `make`, but without an end: see `createSetupCode`. */
  makeLasting(role: Role): string;
  /** What a code, however it is typed, is good for now. */
  look(code: string): Role | undefined;
  /** Spends the code; a second time it is good for nothing. */
  spend(code: string): Role | undefined;
};

export function createInvitations(clock: Clock, random: (length: number) => Uint8Array): Invitations {
  const open = new Map<string, { readonly role: Role; readonly untilMs: number }>();

  function invite(role: Role, untilMs: number): string {
    const letters = [...random(CODE_LENGTH)].map((byte) => LETTERS[byte % LETTERS.length]).join('');
    open.set(letters, { role, untilMs });
    return `${letters.slice(0, CODE_LENGTH / 2)}-${letters.slice(CODE_LENGTH / 2)}`;
  }

  function look(code: string): Role | undefined {
    const found = open.get(lettersOf(code));
    return found && found.untilMs > clock.now() ? found.role : undefined;
  }

  return {
    make: (role) => invite(role, clock.now() + VALID_MS),
    makeLasting: (role) => invite(role, Number.POSITIVE_INFINITY),
    look,
    spend(code) {
      const role = look(code);
      open.delete(lettersOf(code));
      return role;
    },
  };
}

const lettersOf = (code: string) => code.toUpperCase().replace(/[^A-Z2-9]/g, '');
