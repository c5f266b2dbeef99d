import { verify } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { AuditNote } from '../../src/reception/ports.ts';
import { verifyAudit } from '../../src/records/audit-verifier.ts';
import { type AStore, aStore } from './a-store.ts';
import { noteOf } from './rows.ts';

let store: AStore;
beforeEach(() => {
  store = aStore();
});
afterEach(() => store.remove());

const entries = (count: number): AuditNote[] =>
  Array.from({ length: count }, (_, n) => noteOf({ name: 'reception.started', receptionId: `r${n}` }));
const MINUTE_MS = 60_000;

describe('a signed checkpoint', () => {
  test('is made for every 256 entries', () => {
    const records = store.open();
    for (let n = 0; n < 600; n++) records.note(entries(1));
    expect(store.told.map(({ seq }) => seq)).toEqual([256, 512]);
    records.close();
    expect(store.told.map(({ seq }) => seq)).toEqual([256, 512, 600]);
  });

  test('is made ten minutes after an entry, and not without one', async () => {
    const records = store.open();
    await store.clock.advance(60 * MINUTE_MS);
    expect(store.told).toEqual([]);
    records.note(entries(1));
    await store.clock.advance(9 * MINUTE_MS);
    records.note(entries(1));
    expect(store.told).toEqual([]);
    await store.clock.advance(MINUTE_MS);
    expect(store.told).toMatchObject([{ seq: 2, hash: records.head().hash, at: store.clock.wall().toISOString() }]);
    await store.clock.advance(60 * MINUTE_MS);
    expect(store.told.length).toBe(1);
    records.close();
    expect(store.told.length).toBe(1);
  });

  test('is made for what a crash left unsigned', () => {
    const quiet = { sign: () => new Uint8Array(64) };
    const records = store.open();
    records.note(entries(300));
    records.close();
    expect(store.told.map(({ seq }) => seq)).toEqual([300]);
    // Killed: nothing is closed.
    const killed = store.open({ signer: quiet });
    killed.note(entries(255));
    store.open().close();
    expect(store.told.at(-1)?.seq).toBe(555);
    killed.close();
  });

  test('is signed by the device over what README.md says', () => {
    const records = store.open();
    records.note(entries(3));
    const signed = records.sign();
    records.close();
    if (!signed.ok || !signed.value) throw new Error('not signed');
    const { seq, hash, at, signature } = signed.value;
    expect(verify(null, Buffer.from(`["kazasu-audit-checkpoint",${seq},"${hash}","${at}"]`), store.publicKey, signature)).toBe(
      true,
    );
    expect(verifyAudit(store.path, { key: store.publicKey })).toMatchObject({ ok: true, signedUpTo: 3 });
  });

  test('cannot stop a reception from being recorded', () => {
    const broken = () => {
      throw Object.assign(new Error('disk I/O error'), { code: 'ERR_SQLITE_ERROR' });
    };
    const records = store.open({ signer: { sign: broken } });
    expect(records.note(entries(256)).ok).toBe(true);
    expect(records.sign()).toMatchObject({ ok: false, fault: { code: 'REC-701' } });
    records.close();
    expect(verifyAudit(store.path)).toMatchObject({ ok: true, entries: 256 });
  });
});
