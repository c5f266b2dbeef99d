/** Whoever has the file in hands, and even knows how the log is made, is found out by the independent verifier. */
import { generateKeyPairSync, sign } from 'node:crypto';
import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AuditEntry, hashOf } from '../../src/records/audit-entry.ts';
import { type AuditProof, type AuditVerdict, verifyAudit } from '../../src/records/audit-verifier.ts';
import { type Checkpoint, checkpointStatement } from '../../src/records/checkpoint.ts';
import { type AStore, aStore } from './a-store.ts';
import { eventsOf, parcelOf, row } from './rows.ts';

/** More by KAZASU_TAMPERS. */
const RUNS = Number(process.env['KAZASU_TAMPERS'] ?? 100);
const RECEPTIONS = 15;
const ENTRIES = RECEPTIONS * eventsOf('').length;
/** After every fifth reception. */
const SIGNED = [20, 40, 60];

let store: AStore;
let head: Checkpoint;
let proof: AuditProof;

beforeAll(() => {
  store = aStore();
  const records = store.open();
  for (let n = 1; n <= RECEPTIONS; n++) {
    records.commit(row(`r${n}`), eventsOf(`r${n}`), parcelOf(`r${n}`));
    if (n % 5 === 0) records.sign();
  }
  head = records.head();
  proof = { held: head, key: store.publicKey };
  records.close();
  const database = new DatabaseSync(store.path);
  database.exec('PRAGMA journal_mode = DELETE');
  database.close();
});
afterAll(() => store.remove());

/** The verdict over a copy of the log that somebody has worked on. */
function tampered(work: string | ((database: DatabaseSync) => void), using: AuditProof = proof): AuditVerdict {
  const path = join(store.folder, 'tampered.sqlite');
  copyFileSync(store.path, path);
  const database = new DatabaseSync(path);
  database.exec('PRAGMA synchronous = OFF; PRAGMA journal_mode = OFF; BEGIN');
  database.exec('DROP TRIGGER audit_is_not_changed; DROP TRIGGER audit_is_not_removed');
  if (typeof work === 'string') database.exec(work);
  else work(database);
  database.exec('COMMIT');
  database.close();
  return verifyAudit(path, using);
}

/** Hashes and links every entry anew, as the program itself would. */
function rebuild(database: DatabaseSync): void {
  let prev_hash = '0'.repeat(64);
  for (const entry of database.prepare('SELECT * FROM audit ORDER BY seq').all() as AuditEntry[]) {
    const hash = hashOf({ ...entry, prev_hash });
    database.prepare('UPDATE audit SET prev_hash = ?, hash = ? WHERE seq = ?').run(prev_hash, hash, entry.seq);
    prev_hash = hash;
  }
}

const seq = fc.integer({ min: 1, max: ENTRIES });
const pair = fc.uniqueArray(seq, { minLength: 2, maxLength: 2 }).map((two) => two.sort((a, b) => a - b) as [number, number]);
const nextSigned = (at: number) => SIGNED.find((signed) => signed >= at);
function always<T>(arbitrary: fc.Arbitrary<T>, check: (value: T) => void): void {
  fc.assert(fc.property(arbitrary, check), { numRuns: RUNS });
}

const columns = [
  'boot_id',
  'monotonic_ms',
  'wall',
  'version',
  'name',
  'reception_id',
  'fields',
  'prev_hash',
  'hash',
  'clock_trust',
];

describe(`an audit log, in ${RUNS} ways each`, { timeout: 120_000 + RUNS * 100 }, () => {
  test('is whole as it was written', () => {
    const whole = { ok: true, entries: ENTRIES, from: 1, head };
    expect(verifyAudit(store.path, proof)).toEqual({ ...whole, signedUpTo: ENTRIES });
    expect(verifyAudit(store.path)).toEqual({ ...whole, signedUpTo: 0 });
    expect(tampered('')).toMatchObject({ ok: true });
  });

  test('names the entry of which any column was changed', () => {
    always(fc.tuple(seq, fc.constantFrom(...columns), fc.string({ minLength: 1 })), ([at, column, more]) => {
      const verdict = tampered((database) => {
        const changed = column === 'monotonic_ms' ? `${column} + length(?)` : `coalesce(${column}, '') || ?`;
        database.prepare(`UPDATE audit SET ${column} = ${changed} WHERE seq = ?`).run(more, at);
      });
      expect(verdict).toEqual({ ok: false, seq: at, reason: column === 'prev_hash' ? 'broken-link' : 'changed' });
    });
  });

  test('shows that entries were removed', () => {
    always(pair, ([from, to]) => {
      const last = Math.min(to, ENTRIES - 1);
      expect(tampered(`DELETE FROM audit WHERE seq BETWEEN ${from} AND ${last}`)).toEqual({
        ok: false,
        seq: from,
        reason: 'gap',
      });
    });
  });

  test('shows that some were removed and the others closed up', () => {
    always(pair, ([from, to]) => {
      fc.pre(to < ENTRIES);
      const size = to - from + 1;
      const sql = `DELETE FROM audit WHERE seq BETWEEN ${from} AND ${to};
        UPDATE audit SET seq = -seq WHERE seq > ${to}; UPDATE audit SET seq = -seq - ${size} WHERE seq < 0`;
      expect(tampered(sql)).toEqual({ ok: false, seq: from, reason: 'broken-link' });
    });
  });

  test('shows that two changed places', () => {
    always(pair, ([a, b]) => {
      const sql = `UPDATE audit SET seq = -1 WHERE seq = ${a}; UPDATE audit SET seq = ${a} WHERE seq = ${b};
        UPDATE audit SET seq = ${b} WHERE seq = -1`;
      expect(tampered(sql)).toEqual({ ok: false, seq: a, reason: 'broken-link' });
    });
  });

  test('shows that a run was turned round', () => {
    always(pair, ([a, b]) => {
      const sql = `UPDATE audit SET seq = -seq WHERE seq BETWEEN ${a} AND ${b}; UPDATE audit SET seq = ${a + b} + seq WHERE seq < 0`;
      expect(tampered(sql)).toEqual({ ok: false, seq: a, reason: 'broken-link' });
    });
  });

  test('shows that one was doubled', () => {
    always(seq, (at) => {
      const sql = `UPDATE audit SET seq = -seq WHERE seq > ${at}; UPDATE audit SET seq = 1 - seq WHERE seq < 0;
        INSERT INTO audit SELECT ${at + 1}, boot_id, monotonic_ms, wall, version, name, reception_id, fields, prev_hash, hash,
          clock_trust FROM audit WHERE seq = ${at}`;
      expect(tampered(sql)).toEqual({ ok: false, seq: at + 1, reason: 'broken-link' });
    });
  });

  test('shows a cut end to whoever holds a checkpoint, also when the signatures went with it', () => {
    always(fc.integer({ min: 0, max: ENTRIES - 1 }), (kept) => {
      const sql = `DELETE FROM audit WHERE seq > ${kept}; DELETE FROM checkpoints WHERE seq > ${kept}`;
      expect(tampered(sql)).toEqual({ ok: false, seq: kept + 1, reason: 'cut-off' });
      expect(tampered(sql, { key: store.publicKey })).toMatchObject({ ok: true, entries: kept });
    });
  });

  test('shows by its own signatures that it was made anew without the key', () => {
    always(seq, (at) => {
      const anew = (database: DatabaseSync) => {
        database.exec(`UPDATE audit SET fields = '{"made":"up"}' WHERE seq = ${at}`);
        rebuild(database);
      };
      expect(tampered(anew, { key: store.publicKey })).toEqual({ ok: false, seq: nextSigned(at), reason: 'changed' });
    });
  });

  test('shows that it was made anew and signed with another key', () => {
    const { privateKey } = generateKeyPairSync('ed25519');
    always(seq, (at) => {
      const anew = (database: DatabaseSync) => {
        database.exec(`DELETE FROM audit WHERE seq = ${at}; UPDATE audit SET seq = -seq WHERE seq > ${at};
          UPDATE audit SET seq = -seq - 1 WHERE seq < 0; DELETE FROM checkpoints`);
        rebuild(database);
        const last = database.prepare('SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1').get() as Checkpoint;
        const statement = { ...last, at: '2026-04-01T00:00:00.000Z' };
        const signature = sign(null, checkpointStatement(statement), privateKey);
        database.prepare('INSERT INTO checkpoints VALUES (?, ?, ?, ?)').run(last.seq, last.hash, statement.at, signature);
      };
      expect(tampered(anew)).toEqual({ ok: false, seq: ENTRIES - 1, reason: 'bad-signature' });
      expect(tampered(anew, { held: head })).toEqual({ ok: false, seq: ENTRIES, reason: 'cut-off' });
    });
  });

  test('shows that a checkpoint was changed', () => {
    const signed = fc.constantFrom(...SIGNED);
    always(fc.tuple(signed, fc.constantFrom('hash', 'at', 'signature')), ([at, column]) => {
      const changed = column === 'signature' ? 'zeroblob(64)' : `${column} || 'x'`;
      const verdict = tampered(`UPDATE checkpoints SET ${column} = ${changed} WHERE seq = ${at}`);
      expect(verdict).toEqual({ ok: false, seq: at, reason: 'bad-signature' });
    });
  });

  test('shows that its beginning was said to be archived', () => {
    always(fc.integer({ min: 1, max: ENTRIES - 1 }), (at) => {
      const sql = `INSERT INTO archives SELECT seq, hash, wall, 'audit.sealed', hash, zeroblob(64) FROM audit WHERE seq = ${at};
        DELETE FROM audit WHERE seq <= ${at}; DELETE FROM checkpoints WHERE seq <= ${at}`;
      expect(tampered(sql)).toEqual({ ok: false, seq: at, reason: 'bad-signature' });
    });
  });
});

describe('what is no whole log', () => {
  test('is told, whatever it is', () => {
    const path = join(store.folder, 'other');
    const unreadable = { ok: false, seq: 1, reason: 'unreadable' };
    expect(verifyAudit(path)).toEqual(unreadable);
    writeFileSync(path, 'not a database, but long enough to be taken for one'.repeat(100));
    expect(verifyAudit(path)).toEqual(unreadable);
    expect(tampered('DROP TABLE audit')).toEqual(unreadable);
    expect(tampered('DROP TABLE audit; CREATE TABLE audit (seq INTEGER); INSERT INTO audit VALUES (1)')).toMatchObject({
      ok: false,
      seq: 1,
    });
  });

  test('may leave its last entries unsigned, but not more than a reader does', () => {
    const grown = (count: number) => (database: DatabaseSync) => {
      let { seq: last, hash: prev_hash } = head;
      const like = database.prepare('SELECT * FROM audit WHERE seq = 1').get() as AuditEntry;
      const insert = database.prepare('INSERT INTO audit VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
      for (let n = 0; n < count; n++) {
        const entry = { ...like, seq: ++last, prev_hash };
        prev_hash = hashOf(entry);
        const { boot_id, monotonic_ms, wall, version, name, reception_id, fields, clock_trust } = entry;
        insert.run(
          last,
          boot_id,
          monotonic_ms,
          wall,
          version,
          name,
          reception_id,
          fields,
          entry.prev_hash,
          prev_hash,
          clock_trust,
        );
      }
    };
    expect(tampered(grown(512))).toMatchObject({ ok: true, entries: ENTRIES + 512, signedUpTo: ENTRIES });
    expect(tampered(grown(513))).toEqual({ ok: false, seq: ENTRIES + 1, reason: 'unsigned' });
  });
});

test('the program itself neither changes nor removes an entry', () => {
  const database = new DatabaseSync(store.path);
  expect(() => database.exec("UPDATE audit SET name = 'x'")).toThrow('append-only');
  expect(() => database.exec('DELETE FROM audit')).toThrow('append-only');
  database.close();
});
