import { createHash, generateKeyPairSync } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { verifyAudit } from '../../src/records/audit-verifier.ts';
import type { ClockTrust } from '../../src/records/clock-trust.ts';
import type { Records, RecordsOptions } from '../../src/records/records.ts';
import { openSealedFile } from '../../src/records/sealed-file.ts';
import { type AStore, aStore } from './a-store.ts';
import { eventsOf, parcelOf, row } from './rows.ts';

const DAY_MS = 86_400_000;
const policy = { receptionDays: 30, auditDays: 60, gatewayDays: 7, maxBytes: 1e9 };
/** Of which only the log is looked at: no entry is made of receptions that go. */
const logAlone = { ...policy, receptionDays: 10_000 };
const clinic = generateKeyPairSync('x25519');

let store: AStore;
let trust: ClockTrust;
let options: Partial<RecordsOptions>;

beforeEach(() => {
  store = aStore();
  trust = 'synchronised';
  mkdirSync(join(store.folder, 'archive'));
  const archive = { folder: join(store.folder, 'archive'), sealFor: clinic.publicKey };
  options = { retention: policy, clockTrust: () => trust, archive };
});
afterEach(() => store.remove());

const open = (more: Partial<RecordsOptions> = {}) => store.open({ ...options, ...more });
const archived = () => readdirSync(join(store.folder, 'archive'));
const idsOf = () => store.stored('SELECT reception_id AS id FROM receptions ORDER BY rowid').map(({ id }) => id);

function receive(records: Records, receptionId: string, delivered = true): void {
  const acceptedAt = store.clock.wall();
  const parcel = parcelOf(receptionId, acceptedAt);
  const committed = records.commit(row(receptionId, { acceptedAt }), eventsOf(receptionId), parcel);
  expect(committed.ok).toBe(true);
  if (delivered) records.outbox.delivered(receptionId);
}

/** Many receptions at once, all handed over but one. */
function fill(count: number, waiting: string): void {
  const database = new DatabaseSync(store.path);
  const at = store.clock.wall().toISOString();
  const insert = database.prepare("INSERT INTO receptions VALUES (?, 'pin', '[]', '1', 'accepted', ?, ?, ?, 1, ?, NULL)");
  database.exec('BEGIN');
  for (let n = 0; n < count; n++) insert.run(`r${n}`, `r${n}.xml`, at, at, `r${n}` === waiting ? null : at);
  database.exec('COMMIT');
  database.close();
}

/** The archived part as the clinic opens it. */
function openedArchive(name: string): string {
  const opened = openSealedFile(readFileSync(join(store.folder, 'archive', name)), clinic.privateKey);
  if (!opened) throw new Error('not openable');
  const path = join(store.folder, `${name}.sqlite`);
  writeFileSync(path, opened);
  return path;
}

describe('after the days that the policy says', () => {
  test('receptions go by themselves, but never one that the clinic has not been given', async () => {
    const records = open();
    receive(records, 'old');
    receive(records, 'waiting', false);
    await store.clock.advance(20 * DAY_MS);
    receive(records, 'new');
    await store.clock.advance(11 * DAY_MS);
    expect(idsOf()).toEqual(['waiting', 'new']);
    expect(store.stored("SELECT fields FROM audit WHERE name = 'records.pruned'")).toEqual([{ fields: '{"receptions":1}' }]);
    expect(records.outbox.depth()).toEqual({ ok: true, value: 1 });
    records.close();
  });

  test('answered operations of the gateway go, open ones stay', async () => {
    const records = open();
    for (const key of ['answered', 'open']) records.gateway.begin({ key, receptionId: 'r1', operation: 'open' });
    records.gateway.answered('answered');
    await store.clock.advance(8 * DAY_MS);
    expect(store.stored('SELECT key FROM gateway_operations')).toEqual([{ key: 'open' }]);
    records.close();
  });

  test('nothing goes while nobody has told the reader the time', async () => {
    trust = 'not-known';
    const records = open();
    receive(records, 'old');
    await store.clock.advance(100 * DAY_MS);
    expect(idsOf()).toEqual(['old']);
    expect(archived()).toEqual([]);
    records.close();
  });

  test('audit entries are sealed away, and the rest still verifies from the device’s own note', async () => {
    const records = open({ retention: logAlone });
    receive(records, 'r1');
    receive(records, 'r2');
    await store.clock.advance(50 * DAY_MS);
    receive(records, 'r3');
    const held = records.head();
    await store.clock.advance(11 * DAY_MS);
    expect(archived()).toEqual(['audit-000000001-000000008.sealed']);
    expect(verifyAudit(store.path, { held, key: store.publicKey })).toEqual({
      ok: true,
      entries: 4,
      from: 9,
      head: held,
      signedUpTo: 12,
    });
    await store.clock.advance(60 * DAY_MS);
    expect(archived()).toEqual(['audit-000000001-000000008.sealed', 'audit-000000009-000000012.sealed']);
    expect(records.head()).toEqual(held);
    receive(records, 'r4');
    records.close();
    expect(verifyAudit(store.path, { key: store.publicKey })).toMatchObject({ ok: true, from: 13, entries: 4 });
    expect(verifyAudit(store.path, { held: { seq: 5, hash: held.hash } })).toEqual({ ok: false, seq: 5, reason: 'archived' });
    expect(verifyAudit(store.path, { held: { seq: 12, hash: '0'.repeat(64) } })).toEqual({
      ok: false,
      seq: 12,
      reason: 'changed',
    });
  });

  test('each archived part verifies by itself, and holds nothing else', async () => {
    const records = open({ retention: logAlone });
    receive(records, 'r1');
    await store.clock.advance(61 * DAY_MS);
    receive(records, 'r2');
    await store.clock.advance(61 * DAY_MS);
    records.close();
    const [first = '', second = ''] = archived();
    const key = store.publicKey;
    expect(verifyAudit(openedArchive(first), { key })).toMatchObject({ ok: true, from: 1, entries: 4, signedUpTo: 4 });
    expect(verifyAudit(openedArchive(second), { key })).toMatchObject({ ok: true, from: 5, entries: 4, signedUpTo: 8 });
    const part = new DatabaseSync(openedArchive(first), { readOnly: true });
    const tables = part.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").all();
    expect(tables.map(({ name }) => name)).toEqual(['archives', 'audit', 'checkpoints']);
    part.close();
    const sha256 = createHash('sha256')
      .update(readFileSync(join(store.folder, 'archive', first)))
      .digest('hex');
    expect(store.stored('SELECT file_name, file_sha256 FROM archives ORDER BY seq LIMIT 1')).toEqual([
      { file_name: first, file_sha256: sha256 },
    ]);
  });

  test('audit entries stay when they cannot be sealed away', async () => {
    const records = open({ retention: logAlone, archive: { folder: join(store.folder, 'nowhere'), sealFor: clinic.publicKey } });
    receive(records, 'r1');
    await store.clock.advance(61 * DAY_MS);
    expect(records.prune()).toMatchObject({ ok: false, fault: { code: 'REC-701' } });
    expect(records.verify()).toMatchObject({ ok: true, entries: 4 });
    records.close();
  });
});

describe('a store that grows over its bound', () => {
  test('loses its oldest delivered receptions first, then archives its log', () => {
    const filling = open();
    fill(1_200, 'r3');
    filling.note(eventsOf('noted'));
    const full = filling.prune();
    filling.close();
    if (!full.ok) throw new Error('not pruned');
    const bounded = open({ retention: { ...policy, maxBytes: full.value.bytes - 50_000 } });
    expect(idsOf().length).toBe(700);
    expect(idsOf().slice(0, 2)).toEqual(['r3', 'r501']);
    expect(archived()).toEqual([]);
    bounded.close();
    const tiny = open({ retention: { ...policy, maxBytes: 1 } });
    expect(idsOf()).toEqual(['r3']);
    // Four noted, and that 500 receptions went; that 699 more did comes after the last checkpoint.
    expect(archived()).toEqual(['audit-000000001-000000005.sealed']);
    expect(tiny.verify()).toMatchObject({ ok: true, from: 6 });
    expect(store.stored('SELECT name, fields FROM audit')).toEqual([
      { name: 'records.pruned', fields: '{"receptions":500}' },
      { name: 'records.pruned', fields: '{"receptions":199}' },
    ]);
    tiny.close();
  });

  test('does not grow further while receptions come and go', () => {
    const records = open({ retention: { ...policy, maxBytes: 120_000 } });
    const sizes: number[] = [];
    for (let round = 0; round < 8; round++) {
      for (let n = 0; n < 60; n++) receive(records, `r${round}-${n}`);
      records.prune();
      sizes.push(
        Number(store.stored('SELECT page_count * page_size AS bytes FROM pragma_page_count(), pragma_page_size()')[0]?.['bytes']),
      );
    }
    records.close();
    expect(Math.max(...sizes)).toBeLessThan(120_000 + 200_000);
    expect(sizes.at(-1)).toBeLessThanOrEqual(Math.max(...sizes.slice(0, 4)) + 20_000);
  });
});
