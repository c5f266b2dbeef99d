import type { KeyObject } from 'node:crypto';
import type { Secret } from './secret.ts';
import type { Signer } from './signing.ts';

/** An elementary file: data or records that can be read, a secret that is verified, a key that signs, or the terminals' CA key. */
export type File =
  /** `opensTo`: any one of these secrets lets it be read; none means free. */
  | { readonly kind: 'data'; readonly bytes: Uint8Array; readonly opensTo: readonly Secret[] }
  | { readonly kind: 'records'; readonly records: readonly Uint8Array[] }
  | { readonly kind: 'secret'; readonly secret: Secret }
  /** `opensTo`: undefined where no secret is asked for. `terminal`: may also be used once a terminal has authenticated itself. */
  | { readonly kind: 'signing-key'; readonly sign: Signer; readonly opensTo: Secret | undefined; readonly terminal: boolean }
  /** Answers INTERNAL AUTHENTICATE. */
  | { readonly kind: 'authentication-key'; readonly sign: Signer }
  | { readonly kind: 'terminal-ca-key'; readonly key: KeyObject };

/** An application (AP) of the card: its files by their two-byte identifiers. */
export type Application = {
  /** Hexadecimal, upper case. */
  readonly aid: string;
  readonly files: ReadonlyMap<number, File>;
  /** The key with which 券面事項確認 and 入力補助 answer active authentication; no other AP has one. */
  readonly ownKey?: Signer;
  /** What GET DATA gives, by tag. */
  readonly dataObjects?: ReadonlyMap<number, Uint8Array>;
};

export function secretsOf(application: Application): Secret[] {
  return [...application.files.values()].flatMap((file) => (file.kind === 'secret' ? [file.secret] : []));
}

export function free(bytes: Uint8Array): File {
  return { kind: 'data', bytes, opensTo: [] };
}

export function opensTo(bytes: Uint8Array, ...secrets: readonly Secret[]): File {
  return { kind: 'data', bytes, opensTo: secrets };
}

export function holds(secret: Secret): File {
  return { kind: 'secret', secret };
}
