import { createPublicKey, verify } from 'node:crypto';
import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { verifyAudit } from '../../src/records/audit-verifier.ts';
import { openRecords } from '../../src/records/records.ts';
import { openSigner, publicKeyPath } from '../../src/records/signer.ts';
import { type AStore, aStore } from './a-store.ts';
import { noteOf } from './rows.ts';

let store: AStore;
let path: string;
beforeEach(() => {
  store = aStore();
  path = join(store.folder, 'audit-key.pem');
});
afterEach(() => store.remove());

test('a device’s key is made once, for its owner alone, and its public half for everybody', () => {
  const first = openSigner(path);
  const again = openSigner(path);
  if (!first.ok || !again.ok) throw new Error('not opened');
  expect(statSync(path).mode & 0o777).toBe(0o600);
  const statement = Buffer.from('a statement');
  const publicKey = createPublicKey(readFileSync(publicKeyPath(path)));
  expect(verify(null, statement, publicKey, first.value.sign(statement))).toBe(true);
  expect(again.value.sign(statement)).toEqual(first.value.sign(statement));
});

test('a key that others may read, or that is none, is refused', () => {
  openSigner(path);
  chmodSync(path, 0o644);
  expect(openSigner(path)).toMatchObject({ ok: false, fault: { code: 'REC-701', detail: expect.stringContaining('others') } });
  chmodSync(path, 0o600);
  writeFileSync(path, 'none');
  expect(openSigner(path)).toMatchObject({
    ok: false,
    fault: { code: 'REC-701', detail: expect.stringContaining('not a private key') },
  });
});

test('a store that is given no signer signs with a key beside it', () => {
  const records = openRecords({ path: store.path, clock: systemClock, version: 'test' });
  if (!records.ok) throw new Error(records.fault.detail);
  records.value.note([noteOf({ name: 'reception.started', receptionId: 'r1' })]);
  records.value.close();
  const key = createPublicKey(readFileSync(publicKeyPath(path)));
  expect(verifyAudit(store.path, { key })).toMatchObject({ ok: true, signedUpTo: 1 });
});
