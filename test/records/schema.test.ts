import { readFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { verifyAudit } from '../../src/records/audit-verifier.ts';
import { openRecords } from '../../src/records/records.ts';
import { type AStore, aStore } from './a-store.ts';
import { eventsOf, parcelOf, row } from './rows.ts';

/** The last entry of version-1.sql. */
const OLD_HEAD = { seq: 11, hash: '9430f33ddba8a220f01312d3b25c76292940febe17e32f839ca14b428a758bc0' };

let store: AStore;
beforeEach(() => {
  store = aStore();
  const old = new DatabaseSync(store.path);
  old.exec(readFileSync(new URL('version-1.sql', import.meta.url), 'utf8'));
  old.close();
});
afterEach(() => store.remove());

test('the log of a version-1 store verifies as it is', () => {
  expect(verifyAudit(store.path)).toMatchObject({ ok: true, entries: 11, head: OLD_HEAD });
});

test('a version-1 store is brought up to date: nothing is lost, and its chain goes on', () => {
  const before = store.stored('SELECT * FROM receptions');
  const records = store.open();
  const now = before.map(({ consents, ...row }) => ({ ...row, given: consents, approver: null }));
  expect(store.stored('SELECT * FROM receptions')).toEqual(now);
  const recent = records.recent(10);
  expect(recent.ok && recent.value[0]?.given).toEqual({
    asked: ['medicines', 'checkups', 'treatment', 'surgery'],
    consents: ['medicines'],
  });
  expect(records.head()).toEqual(OLD_HEAD);
  expect(records.commit(row('r4'), eventsOf('r4'), parcelOf('r4')).ok).toBe(true);
  records.close();
  expect(verifyAudit(store.path, { held: OLD_HEAD, key: store.publicKey })).toMatchObject({
    ok: true,
    entries: 15,
    signedUpTo: 15,
  });
  expect(store.stored('SELECT seq, clock_trust FROM audit WHERE seq IN (11, 12)')).toEqual([
    { seq: 11, clock_trust: null },
    { seq: 12, clock_trust: expect.stringMatching(/^(synchronised|not-known)$/) },
  ]);
  expect(store.stored('PRAGMA user_version')).toEqual([{ user_version: 3 }]);
});

test('what the first version recorded, but did not see handed over, waits before all else, without bytes', () => {
  const records = store.open();
  records.commit(row('r4'), [], parcelOf('r4'));
  records.close();
  const again = store.open();
  expect(again.outbox.depth()).toEqual({ ok: true, value: 2 });
  expect(again.outbox.next()).toMatchObject({
    ok: true,
    value: {
      receptionId: 'r2',
      fileName: 'r2.xml',
      files: ['r2.json', 'r2.xml'].map((name) => ({ name, bytes: Buffer.alloc(0) })),
    },
  });
  again.outbox.delivered('r2');
  expect(again.outbox.next()).toMatchObject({ value: { receptionId: 'r4' } });
  again.close();
});

test('an entry of the first version cannot be given what it did not note', () => {
  store.open().close();
  const database = new DatabaseSync(store.path);
  database.exec("DROP TRIGGER audit_is_not_changed; UPDATE audit SET clock_trust = 'synchronised' WHERE seq = 3");
  database.close();
  expect(verifyAudit(store.path)).toEqual({ ok: false, seq: 3, reason: 'changed' });
});

test('a store that cannot be brought up to date stays as it was', () => {
  const blocker = new DatabaseSync(store.path);
  blocker.exec('CREATE TABLE checkpoints (other TEXT)');
  blocker.close();
  expect(() => store.open()).toThrow('REC-701');
  expect(store.stored('PRAGMA user_version')).toEqual([{ user_version: 1 }]);
  expect(verifyAudit(store.path)).toMatchObject({ ok: false });
  expect(store.stored("SELECT count(*) AS n FROM pragma_table_info('audit') WHERE name = 'clock_trust'")).toEqual([{ n: 0 }]);
});

test('a store in memory is refused: its keys would lie in whatever folder the program runs in', () => {
  const opened = openRecords({ path: ':memory:', clock: systemClock, version: 'test' });
  expect(opened).toMatchObject({ ok: false, fault: { code: 'REC-701' } });
});
