/** The cards that the fault table is run with, and what is known of them from their issuer. */
import { issueCard } from '../../src/bench/card/issue-card.ts';
import type { CardHolder, VirtualCard } from '../../src/bench/card/virtual-card.ts';
import { personaById } from '../../src/bench/personas.ts';
import { type BenchPki, createBenchPki } from '../../src/bench/pki/bench-pki.ts';
import { bytes, hex } from '../card/hex.ts';

/** A card with a printed 照合番号B. */
export type HeldCard = VirtualCard & { readonly holder: CardHolder & { readonly verificationCodeB: string } };

export type BenchCards = {
  readonly pki: BenchPki;
  readonly portrait: Uint8Array;
  /** The one that lies on the reader, and another person's. */
  readonly first: HeldCard;
  readonly other: HeldCard;
  /** A new one; its PIN is 1234. */
  issue(personaId: string): Promise<HeldCard>;
};

const today = new Date('2026-04-01T09:00:00+09:00');

/** Makes every key anew: takes about a second. */
export async function issueBenchCards(): Promise<BenchCards> {
  const pki = await createBenchPki({ now: today });
  // Not a picture: the card port passes the portrait on without looking into it.
  const portrait = Uint8Array.from({ length: 2_500 }, (_, index) => (index * 7 + (index >> 8)) & 0xff);

  async function issue(personaId: string): Promise<HeldCard> {
    const persona = personaById(personaId);
    const card = persona && (await issueCard(persona, pki, { portraitJp2: portrait, now: today }));
    const { verificationCodeB } = card?.holder ?? {};
    if (!card?.holder || !verificationCodeB) throw new Error(`${personaId} is nobody with a My Number card`);
    return Object.assign(card, { holder: Object.assign(card.holder, { verificationCodeB }) });
  }

  const [first, other] = await Promise.all([issue('adult'), issue('rare-name')]);
  return { pki, portrait, first, other, issue };
}

/** Gives the card its tries back, as its holder would, without any reader. */
export function restoreTries(card: HeldCard): void {
  card.powerOn();
  const { verificationCodeB } = card.holder;
  const verify = (code: string) => `00 20 00 80 ${hex(Uint8Array.of(code.length))} ${hex(Buffer.from(code, 'latin1'))}`;
  const restoring = [
    ['00 A4 04 0C 0A D3 92 F0 00 26 01 00 00 00 01', '00 A4 02 0C 02 00 18', verify('1234')],
    ['00 A4 04 0C 0A D3 92 10 00 31 00 01 01 04 02', '00 A4 02 0C 02 00 12', verify(verificationCodeB ?? '')],
  ].flat();
  for (const command of restoring) {
    const answer = hex(card.answer(bytes(command)));
    if (answer !== '90 00') throw new Error(`${command} was answered ${answer}`);
  }
  card.powerOff();
}
