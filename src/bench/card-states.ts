import type { CardState } from './dock/outside.ts';
import type { Persona } from './personas.ts';

/** Whose end does not matter: as far away as an ordinary card's. */
const GOOD = { certificateDays: 900, certificateRevoked: false } as const;
const PIN_TRIES = 3;

/** Days until the certificate ends, on this side or that of the reminder (three months before) and of the grace (three after). */
const ENDING_DAYS = 60;
const GRACE_DAYS = -45;
const PAST_GRACE_DAYS = -200;

/** The persona whose card is issued anew in that state. */
export function personaWith(state: CardState, persona: Persona): Persona {
  const { cardYears: asTold } = persona;
  const good = { ...persona, ...GOOD, cardYears: asTold === 'fifth-birthday' ? asTold : 5 } as const;
  switch (state) {
    case 'as-told':
      return persona;
    case 'renewed':
      return good;
    case 'ending':
      return { ...good, certificateDays: ENDING_DAYS };
    case 'grace':
      return { ...good, certificateDays: GRACE_DAYS };
    case 'past-grace':
      return { ...good, certificateDays: PAST_GRACE_DAYS };
    case 'revoked':
      return { ...good, certificateRevoked: true };
    case 'pin-locked':
      return { ...persona, pinTriesLeft: 0 };
    case 'pin-reset':
      return { ...persona, pinTriesLeft: persona.hasPin ? PIN_TRIES : 0 };
  }
}
