/** What holds the certificates, by the label of its token: a card of plastic or a phone. */
import type { Carrier } from '../../reception/ports.ts';

/** `unknown-token`: a label that nobody here has seen. */
export type TokenKind = Carrier | 'unknown-token';

const kinds: Readonly<Record<string, Carrier>> = {
  JPKIAPICCTOKEN2: 'card',
  JPKIAPGPSETOKEN: 'android-phone',
  JPKIAPIOSTOKEN: 'iphone',
};

/** @param label without its padding */
export function tokenKindOf(label: string): TokenKind {
  return Object.hasOwn(kinds, label) ? (kinds[label] ?? 'unknown-token') : 'unknown-token';
}

/** An unknown token is taken for a card's: a later generation may call itself otherwise, and a card can do less unasked. */
export function carrierOf(label: string): Carrier {
  const kind = tokenKindOf(label);
  return kind === 'unknown-token' ? 'card' : kind;
}
