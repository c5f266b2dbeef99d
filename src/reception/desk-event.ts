import type { FacilityOptions } from './facility-options.ts';

type Role = 'reception' | 'administrator';

/** What happened at the staff console: people by their handles, never by name. */
export type DeskEvent =
  | { readonly name: 'desk.signed-in'; readonly person: string; readonly role: Role; readonly by: 'passkey' | 'password' }
  | { readonly name: 'desk.sign-in-refused'; readonly by: 'passkey' | 'password' | 'code'; readonly reason: string }
  | { readonly name: 'desk.signed-out'; readonly person: string }
  | { readonly name: 'desk.invited'; readonly person: string; readonly role: Role }
  | { readonly name: 'desk.joined'; readonly person: string; readonly role: Role }
  | { readonly name: 'desk.removed'; readonly person: string; readonly removed: string }
  | { readonly name: 'desk.password-set'; readonly person: string }
  | {
      readonly name: 'desk.approved';
      readonly person: string;
      readonly receptionId: string;
      readonly approved: boolean;
    }
  | { readonly name: 'desk.glyphs-seen'; readonly person: string; readonly receptionId: string }
  | { readonly name: 'desk.settings-changed'; readonly person: string; readonly settings: FacilityOptions }
  | { readonly name: 'desk.audit-exported'; readonly person: string }
  | { readonly name: 'desk.evidence-saved'; readonly person: string };
