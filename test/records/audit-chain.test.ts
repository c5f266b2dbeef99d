import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { type AuditEntry, hashOf } from '../../src/records/audit-entry.ts';
import { openRecords } from '../../src/records/records.ts';
import { type Checkpoint, verifyChain } from '../../src/records/verify-chain.ts';
import { eventsOf, row } from './rows.ts';

let folder: string;
let database: DatabaseSync;
let head: Checkpoint;
const RECEPTIONS = 3;
const ENTRIES = RECEPTIONS * eventsOf('').length;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kazasu-chain-'));
  const path = join(folder, 'records.db');
  const records = openRecords({ path, clock: systemClock, version: 'test' });
  if (!records.ok) throw new Error(records.fault.detail);
  for (let n = 0; n < RECEPTIONS; n++) records.value.commit(row(`r${n}`), eventsOf(`r${n}`));
  head = records.value.head();
  records.value.close();
  database = new DatabaseSync(path);
});
afterEach(() => {
  database.close();
  rmSync(folder, { recursive: true, force: true });
});

/** What somebody with the file in hands can do. */
function tamper(sql: string): void {
  database.exec(`BEGIN; DROP TRIGGER audit_is_not_changed; DROP TRIGGER audit_is_not_removed; ${sql}`);
}

const columns = ['boot_id', 'monotonic_ms', 'wall', 'version', 'name', 'reception_id', 'fields', 'prev_hash', 'hash'] as const;

describe('the audit chain', () => {
  test('is whole as it was written', () => {
    expect(verifyChain(database, head)).toEqual({ ok: true, entries: ENTRIES, head });
  });

  test('names the entry of which any column was changed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: ENTRIES }), fc.constantFrom(...columns), (seq, column) => {
        const changed = column === 'monotonic_ms' ? `${column} + 1` : `${column} || 'x'`;
        tamper(`UPDATE audit SET ${column} = coalesce(${changed}, 'x') WHERE seq = ${seq};`);
        const verdict = verifyChain(database);
        database.exec('ROLLBACK');
        expect(verdict).toMatchObject({ ok: false, seq });
      }),
      { numRuns: 60 },
    );
  });

  test('shows that an entry in between was removed', () => {
    tamper('DELETE FROM audit WHERE seq = 5;');
    expect(verifyChain(database)).toEqual({ ok: false, seq: 5, reason: 'gap' });
  });

  test('shows that one was removed and the others closed up', () => {
    tamper('DELETE FROM audit WHERE seq = 5; UPDATE audit SET seq = seq - 1 WHERE seq > 5;');
    expect(verifyChain(database)).toEqual({ ok: false, seq: 5, reason: 'broken-link' });
  });

  test('shows a cut end to whoever holds a checkpoint', () => {
    tamper(`DELETE FROM audit WHERE seq > ${ENTRIES - 2};`);
    expect(verifyChain(database)).toMatchObject({ ok: true });
    expect(verifyChain(database, head)).toEqual({ ok: false, seq: ENTRIES - 1, reason: 'cut-off' });
  });

  test('shows a chain that was made anew to whoever holds a checkpoint', () => {
    tamper("UPDATE audit SET fields = '{}' WHERE seq = 2;");
    let prev_hash = '0'.repeat(64);
    for (const entry of database.prepare('SELECT * FROM audit ORDER BY seq').all() as AuditEntry[]) {
      const hash = hashOf({ ...entry, prev_hash });
      database.prepare('UPDATE audit SET prev_hash = ?, hash = ? WHERE seq = ?').run(prev_hash, hash, entry.seq);
      prev_hash = hash;
    }
    expect(verifyChain(database)).toMatchObject({ ok: true });
    expect(verifyChain(database, head)).toEqual({ ok: false, seq: ENTRIES, reason: 'changed' });
  });

  test('is not changed or shortened by the program itself', () => {
    expect(() => database.exec("UPDATE audit SET name = 'x'")).toThrow('append-only');
    expect(() => database.exec('DELETE FROM audit')).toThrow('append-only');
  });
});
