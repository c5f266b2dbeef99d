import type { Clock } from '../clock.ts';
import type { PersonId } from './desk-source.ts';
import type { Person } from './people.ts';

/** A working day: nobody is signed out in the middle of one, and nobody stays signed in overnight. */
const LONGEST_MS = 12 * 3_600_000;
const MOST_SIGN_INS = 100;

/** One person at one browser. */
export type SignIn = {
  readonly token: string;
  readonly person: Person;
  /** Aborts when this person is signed out, however that comes: what was opened for them ends with it. */
  readonly over: AbortSignal;
};

export type SignIns = {
  open(person: Person): SignIn;
  find(token: string | undefined): SignIn | undefined;
  close(token: string): void;
  /** Signs this person out everywhere. */
  closeAllOf(person: PersonId): void;
  closeAll(): void;
};

/** Who is signed in, in memory only: a restart signs everybody out. */
export function createSignIns(clock: Clock, random: (length: number) => Uint8Array): SignIns {
  const open = new Map<string, { readonly signIn: SignIn; end(): void }>();
  const close = (token: string) => {
    open.get(token)?.end();
    open.delete(token);
  };
  const closeWhere = (wanted: (signIn: SignIn) => boolean) => {
    for (const { signIn } of [...open.values()]) if (wanted(signIn)) close(signIn.token);
  };
  return {
    open(person) {
      const [oldest] = open.keys();
      if (oldest !== undefined && open.size >= MOST_SIGN_INS) close(oldest);
      const token = Buffer.from(random(32)).toString('base64url');
      const over = new AbortController();
      const cancel = clock.after(LONGEST_MS, () => close(token));
      const signIn = { token, person, over: over.signal };
      open.set(token, {
        signIn,
        end() {
          cancel();
          over.abort();
        },
      });
      return signIn;
    },
    find: (token) => (token === undefined ? undefined : open.get(token)?.signIn),
    close,
    closeAllOf: (person) => closeWhere((signIn) => signIn.person.id === person),
    closeAll: () => closeWhere(() => true),
  };
}
