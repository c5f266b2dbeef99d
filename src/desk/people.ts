import { z } from 'zod';
import { failed, ok, type Result } from '../faults/result.ts';
import { openKeptFile } from '../kept-file.ts';
import type { PersonId } from './desk-source.ts';

const passkey = z.strictObject({
  id: z.string(),
  /** COSE public key, base64url. */
  publicKey: z.string(),
  /** The authenticator's signature counter; one that falls speaks for a copied key. */
  counter: z.int().nonnegative(),
});

const person = z.strictObject({
  id: z.string(),
  name: z.string(),
  role: z.enum(['reception', 'administrator']),
  /** Absent: this person signs in with the facility password, and is who they say they are. */
  passkey: passkey.optional(),
});

export type Passkey = Readonly<z.infer<typeof passkey>>;
export type Person = Readonly<z.infer<typeof person>>;
export type Role = Person['role'];

/** As many people as a clinic's desk could know; it also bounds what typed names can fill. */
const MOST_PEOPLE = 200;

export type People = {
  all(): readonly Person[];
  withPasskey(id: string): Person | undefined;
  /** A new person with a handle of their own. Faults: REC-701 (cannot be kept, or too many). */
  add(about: Omit<Person, 'id'>): Result<Person>;
  /** Who signs in with the facility password under this name; made at the first time. Faults: REC-701. */
  named(name: string): Result<Person>;
  used(id: PersonId, counter: number): Result<void>;
  remove(id: PersonId): Result<void>;
};

/** Who works at the desk: the one place where a handle has a name. Faults: SYS-902 when its file cannot be understood. */
export function openPeople(path: string, random: (length: number) => Uint8Array): Result<People> {
  const opened = openKeptFile(path, z.array(person), []);
  if (!opened.ok) return opened;
  const file = opened.value;

  function add(about: Omit<Person, 'id'>): Result<Person> {
    if (file.value.length >= MOST_PEOPLE) {
      return failed('REC-701', `the desk knows ${MOST_PEOPLE} people; an administrator must remove some`);
    }
    const added = { id: `p-${Buffer.from(random(8)).toString('hex')}`, ...about };
    const written = file.keep([...file.value, added]);
    return written.ok ? ok(added) : written;
  }

  return ok({
    all: () => file.value,
    withPasskey: (id) => file.value.find(({ passkey }) => passkey?.id === id),
    add,
    named(name) {
      const known = file.value.find((each) => each.name === name && each.passkey === undefined);
      return known ? ok(known) : add({ name, role: 'reception' });
    },
    used: (id, counter) =>
      file.keep(
        file.value.map((each) => (each.id === id && each.passkey ? { ...each, passkey: { ...each.passkey, counter } } : each)),
      ),
    remove: (id) => file.keep(file.value.filter((each) => each.id !== id)),
  });
}
