/**
 * The chain's head, signed by the device. One head vouches for every entry before it, since each entry holds the
 * hash of the one before; a Merkle root would only add proofs about single entries, which nobody asks for: whoever
 * verifies has all of them.
 */

/** An entry of the chain, held where nobody at the reader can change it. */
export type Checkpoint = { readonly seq: number; readonly hash: string };

export type SignedCheckpoint = Checkpoint & {
  /** ISO 8601. */
  readonly at: string;
  /** Ed25519 over `checkpointStatement`, 64 bytes. */
  readonly signature: Uint8Array;
};

/** What is signed: UTF-8 of a JSON list without spaces. */
export function checkpointStatement({ seq, hash, at }: Omit<SignedCheckpoint, 'signature'>): Uint8Array {
  return Buffer.from(JSON.stringify(['kazasu-audit-checkpoint', seq, hash, at]));
}

/** A part of the chain that was sealed away: `seq` and `hash` are of its last entry. */
export type Archive = SignedCheckpoint & {
  readonly file_name: string;
  /** Of the sealed file, lower-case hexadecimal. */
  readonly file_sha256: string;
};

export function archiveStatement({ seq, hash, at, file_name, file_sha256 }: Omit<Archive, 'signature'>): Uint8Array {
  return Buffer.from(JSON.stringify(['kazasu-audit-archive', seq, hash, at, file_name, file_sha256]));
}
