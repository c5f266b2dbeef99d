import type { KeyObject } from 'node:crypto';
import type { Result } from '../../faults/result.ts';

/** How one generation of cards hashes and signs: what the dialogues ask of an algorithm, and no more. */
export type SignatureAlgorithm = {
  readonly name: string;
  digest(...parts: readonly Uint8Array[]): Uint8Array;
  /** A public key as the card's own files hold it. Faults: CARD-106 when the bytes are no such key. */
  parseKey(bytes: Uint8Array): Result<KeyObject>;
  /** P1 and data of COMPUTE DIGITAL SIGNATURE, so that its answer is a signature over `message`. */
  toBeSigned(message: Uint8Array): { readonly p1: number; readonly data: Uint8Array };
  isSigned(message: Uint8Array, signature: Uint8Array, key: KeyObject): boolean;
  /** The same for several digests in a row, signed as one: the card face has its signature over three. */
  areSigned(digests: readonly Uint8Array[], signature: Uint8Array, key: KeyObject): boolean;
};
