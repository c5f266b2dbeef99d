/**
 * A file of the 券面 applications that ends with a signature over all before it:
 *
 *   tag { object … object signature }        the signature is over the whole objects, as they stand
 */
import type { KeyObject } from 'node:crypto';
import { failed, ok, type Result } from '../../faults/result.ts';
import { parseTlv, parseTlvs } from '../tlv.ts';
import type { SignatureAlgorithm } from './signature-algorithm.ts';

type RecordForm = { readonly tag: number; readonly objects: readonly number[]; readonly signature: number };

/** The objects' values in order, views on `file`, once `signer` is found to have signed them. Faults: CARD-106. */
export function checkSignedRecord(
  file: Uint8Array,
  form: RecordForm,
  signer: KeyObject,
  algorithm: SignatureAlgorithm,
): Result<readonly Uint8Array[]> {
  const record = parseTlv(file);
  const objects = record.ok && record.value.tag === form.tag ? parseTlvs(record.value.value) : undefined;
  const found = objects?.ok ? objects.value : [];
  const signature = found.at(-1);
  const expected = [...form.objects, form.signature];
  const complete = found.length === expected.length && found.every(({ tag }, index) => tag === expected[index]);
  if (!record.ok || !signature || !complete) return failed('CARD-106', 'signed record malformed');
  const before = record.value.value.subarray(0, -signature.whole.length);
  return algorithm.isSigned(before, signature.value, signer)
    ? ok(found.slice(0, -1).map(({ value }) => value))
    : failed('CARD-106', 'record not signed by its certificate');
}
