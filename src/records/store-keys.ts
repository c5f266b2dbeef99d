import type { DatabaseSync } from 'node:sqlite';
import { ok, type Result } from '../faults/result.ts';
import { openDataKey } from './data-key.ts';
import { keyFilesOf } from './key-file.ts';
import { outboxHoldsParcels } from './outbox.ts';
import { openSigner, type Signer } from './signer.ts';
import { reading } from './store.ts';

export type StoreKeys = { readonly dataKey: Uint8Array; readonly signer: Signer };

/** Opens the keys that lie beside a store, or makes them; `signer`: in place of its own. Fault: REC-701. */
export function openStoreKeys(
  database: DatabaseSync,
  { path, signer }: { readonly path: string; readonly signer?: Signer },
): Result<StoreKeys> {
  const files = keyFilesOf(path);
  const waiting = reading(() => outboxHoldsParcels(database));
  if (!waiting.ok) return waiting;
  const dataKey = openDataKey(files.dataKey, waiting.value);
  if (!dataKey.ok) return dataKey;
  const own = signer ? ok(signer) : openSigner(files.signingKey);
  return own.ok ? ok({ dataKey: dataKey.value, signer: own.value }) : own;
}
