import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { failed, type Result } from '../faults/result.ts';
import { openKeyFile } from './key-file.ts';

/** AES-256. */
const KEY_BYTES = 32;

/**
 * The key under which personal data waits in the store: 32 bytes in a file of their own, made at the first start.
 * Without it nothing of that data can be read again, so dropping it erases.
 * @param sealedAlready something is sealed under it: then a missing file is not made anew. Fault: REC-701.
 */
export function openDataKey(path: string, sealedAlready: boolean): Result<Uint8Array> {
  if (sealedAlready && !existsSync(path)) return failed('REC-701', `${path}: gone, and results wait that were sealed with it`);
  const key = openKeyFile(path, () => randomBytes(KEY_BYTES));
  if (key.ok && key.value.length !== KEY_BYTES) return failed('REC-701', `${path}: not a data key`);
  return key;
}
