/** What passes between the desk and its page: the view out, as server-sent events; requests in, as JSON. */
import { z } from 'zod';
import type { FacilityOptions } from '../reception/facility-options.ts';
import type { Replaced } from '../reception/ports.ts';
import type { DeskNow, DeskReception, PartHealth, PendingQuery, PersonId } from './desk-source.ts';
import type { Role } from './people.ts';

/** Everything that the page shows all the time. */
export type DeskView = {
  readonly readerId: string;
  readonly you: { readonly id: PersonId; readonly name: string; readonly role: Role };
  readonly now: DeskNow;
  readonly receptions: readonly DeskReception[];
  readonly pending: readonly PendingQuery[];
  readonly health: readonly PartHealth[];
  readonly settings: FacilityOptions;
  /** The names of those who have approved. */
  readonly names: { readonly [id: PersonId]: string };
};

/** Why a request is refused; the page has words for each. */
export type RefusalReason =
  | 'signed-out'
  | 'role'
  | 'passkey'
  | 'code'
  | 'wrong-password'
  | 'locked'
  | 'no-password'
  | 'over'
  | 'gone'
  | 'last-administrator'
  | 'host'
  | 'origin'
  | 'malformed'
  | 'too-many'
  | 'not-kept'
  | 'defect';

export type Refusal = {
  readonly reason: RefusalReason;
  readonly triesLeft?: number;
  /** How long no password is taken. */
  readonly forMs?: number;
};

export type PersonView = { readonly id: PersonId; readonly name: string; readonly role: Role; readonly passkey: boolean };
export type PeopleView = { readonly people: readonly PersonView[]; readonly passwordSet: boolean };
export type GlyphsView = {
  readonly namePngBase64?: string;
  readonly replaced: readonly Replaced[];
};

/** What the sign-in page says of the authority that a PC is to trust. */
export type AuthorityView = {
  /** SHA-256, `AB:CD:…`: to be compared with the one that the reader itself shows. */
  readonly fingerprint: string;
  /** ISO 8601 */
  readonly endsAt: string;
};

const receptionId = z.string().min(1).max(64);
const name = z
  .string()
  .trim()
  .min(1)
  .max(40)
  // No control, format or unassigned characters: a name is shown beside other text.
  .regex(/^[^\p{C}]+$/u);
const code = z.string().min(1).max(20);
const askedItem = z.enum(['medicines', 'checkups', 'treatment', 'surgery', 'specific-diseases']);

export const requests = {
  join: z.strictObject({ code, name }),
  joined: z.strictObject({ code, name, response: z.looseObject({}) }),
  passkey: z.strictObject({ response: z.looseObject({ id: z.string().max(1_400) }) }),
  approve: z.strictObject({ receptionId }),
  glyphs: z.strictObject({ receptionId }),
  invite: z.strictObject({ role: z.enum(['reception', 'administrator']) }),
  remove: z.strictObject({ id: z.string().max(40) }),
  settings: z.strictObject({
    consentItems: z
      .array(askedItem)
      .max(5)
      .refine((items) => new Set(items).size === items.length),
    visual: z.boolean(),
    disaster: z.boolean(),
    pad: z.enum(['scrambled', 'in-order']),
  }),
} as const;

/**
 * Signing in with the facility password, as bytes that can be wiped:
 *
 *     n  digit[n]  name…      n: one byte; digits: ASCII; name: UTF-8
 *
 * @returns the parts (`password` is a view into `body`), or undefined when they are malformed
 */
export function parsePasswordSignIn(body: unknown): { readonly password: Uint8Array; readonly name: string } | undefined {
  if (!(body instanceof Uint8Array)) return undefined;
  const length = body[0] ?? 0;
  const typed = name.safeParse(Buffer.from(body.subarray(1 + length)).toString('utf8'));
  if (length === 0 || body.length <= 1 + length || !typed.success) return undefined;
  return { password: body.subarray(1, 1 + length), name: typed.data };
}
