/** The cards of every persona: each issued when it is first asked for, and the same one with its counters from then on. */
import type { KeyObject } from 'node:crypto';
import type { Clock } from '../../clock.ts';
import { failed, ok, type Result } from '../../faults/result.ts';
import { issueCard } from '../card/issue-card.ts';
import { encodeJp2 } from '../card/jp2.ts';
import type { VirtualCard } from '../card/virtual-card.ts';
import { portraitOf } from '../faces/persona-faces.ts';
import { birthOn } from '../persona.ts';
import { type Persona, personaById, personas } from '../personas.ts';
import { createBenchPki } from '../pki/bench-pki.ts';

/** A persona's card, and what was put on it. */
export type DrawnCard = {
  readonly persona: Persona & { readonly birth: string };
  readonly card: VirtualCard;
  /** JPEG 2000; empty where the card has no portrait. */
  readonly portraitJp2: Uint8Array;
};

export type CardDrawer = {
  /** What a reader must trust to believe a card face. */
  readonly cvRootKey: KeyObject;
  readonly authCaCertificate: Uint8Array;
  readonly signCaCertificate: Uint8Array;
  /** Takes some hundred milliseconds the first time. Faults: SYS-902 (no such persona). */
  draw(personaId: string): Promise<Result<DrawnCard>>;
};

/** The card-face file has about 2 kB more. Real portraits' size is inferred: public software expects some kilobytes. */
const PORTRAIT_BYTES = 7_200;

/** Makes the keys of the issuer anew. */
export async function openCardDrawer(clock: Clock): Promise<CardDrawer> {
  const pki = await createBenchPki({ now: clock.wall() });
  const cards = new Map<string, Promise<DrawnCard>>();

  async function issue(persona: Persona): Promise<DrawnCard> {
    const portrait = persona.face === undefined ? undefined : await portraitOf(persona.face);
    const portraitJp2 = portrait
      ? await encodeJp2(portrait.grey, portrait.width, portrait.height, PORTRAIT_BYTES)
      : new Uint8Array(0);
    const now = clock.wall();
    const card = await issueCard(persona, pki, { portraitJp2, now });
    return { persona: { ...persona, birth: birthOn(persona, now) }, card, portraitJp2 };
  }

  return {
    cvRootKey: pki.cv.rootKey,
    authCaCertificate: pki.authCa.certificateDer,
    signCaCertificate: pki.signCa.certificateDer,
    async draw(personaId) {
      const persona = personaById(personaId);
      if (!persona) {
        const known = personas.map(({ id }) => id).join(', ');
        return failed('SYS-902', `there is no persona "${personaId}". Known: ${known}`);
      }
      const card = cards.get(personaId) ?? issue(persona);
      cards.set(personaId, card);
      return ok(await card);
    },
  };
}
