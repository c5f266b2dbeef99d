import { createPublicKey, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { failed, ok, type Result } from '../faults/result.ts';
import { isSealingKey } from './sealed-file.ts';

/** The clinic's X25519 public key, from a PEM file. A private one is refused: it has no place here. Fault: REC-701. */
export function readSealingKey(path: string): Result<KeyObject> {
  let pem: string;
  try {
    pem = readFileSync(path, 'utf8');
  } catch (error) {
    return failed('REC-701', `${path} cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
  // Node would take the public half out of it.
  if (pem.includes('PRIVATE KEY')) return failed('REC-701', `${path} holds a private key: the public one is wanted here`);
  try {
    const key = createPublicKey(pem);
    return isSealingKey(key) ? ok(key) : failed('REC-701', `${path} holds no X25519 key`);
  } catch {
    return failed('REC-701', `${path} holds no public key in PEM`);
  }
}
