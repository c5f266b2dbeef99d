/** What the records owe a reception (RecordsPort), on a real file. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { AuditEvent } from '../../src/reception/ports.ts';
import { openRecords, type Records } from '../../src/records/records.ts';
import { eventsOf, noteOf, parcelOf, row } from '../records/rows.ts';
import { createSimulatedClock } from '../simulated-clock.ts';

let folder: string;
let path: string;
const clock = createSimulatedClock();

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kazasu-records-'));
  path = join(folder, 'records.db');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

function opened(bootId = 'boot-1'): Records {
  const records = openRecords({ path, clock, version: '1.2.3', newBootId: () => bootId });
  if (!records.ok) throw new Error(records.fault.detail);
  return records.value;
}

/** What stands in the file, read apart from the program. */
function stored(sql: string): Record<string, unknown>[] {
  const database = new DatabaseSync(path, { readOnly: true });
  const rows = database
    .prepare(sql)
    .all()
    .map((one) => ({ ...one }));
  database.close();
  return rows;
}

describe('a reception', () => {
  test('is recorded with its audit entries, each with the time at which it happened, and its parcel waits', () => {
    const records = opened();
    expect(records.commit(row('r1', { outcome: 'ELIG-602', validity: '2' }), eventsOf('r1'), parcelOf('r1'))).toEqual({
      ok: true,
      value: undefined,
    });
    expect(stored('SELECT * FROM receptions')).toEqual([
      {
        reception_id: 'r1',
        method: 'face',
        approver: null,
        given: '{"asked":["medicines"],"consents":["medicines"]}',
        validity: '2',
        outcome: 'ELIG-602',
        file_name: 'r1.xml',
        started_at: '2026-04-01T00:00:00.000Z',
        accepted_at: '2026-04-01T00:00:20.000Z',
        simulated: 1,
        delivered_at: null,
      },
    ]);
    expect(
      stored('SELECT seq, boot_id, monotonic_ms, wall, version, name, reception_id, fields FROM audit WHERE seq = 2'),
    ).toEqual([
      {
        seq: 2,
        boot_id: 'boot-1',
        monotonic_ms: 7_250.5,
        wall: '2026-04-01T00:00:06.250Z',
        version: '1.2.3',
        name: 'pin.wrong',
        reception_id: 'r1',
        fields: '{"triesLeft":2}',
      },
    ]);
    expect(records.outbox.next()).toMatchObject({ ok: true, value: parcelOf('r1') });
    records.close();
  });

  test('is recorded once: a second time is REC-701 and adds no audit entry', () => {
    const records = opened();
    records.commit(row('r1'), eventsOf('r1'), parcelOf('r1'));
    const before = records.head();
    expect(records.commit(row('r1', { fileName: 'other.xml' }), eventsOf('r1'), parcelOf('r1'))).toMatchObject({
      ok: false,
      fault: { code: 'REC-701' },
    });
    expect(records.commit(row('r2', { fileName: 'r1.xml' }), eventsOf('r2'), parcelOf('r2'))).toMatchObject({
      ok: false,
      fault: { code: 'REC-701' },
    });
    expect(records.head()).toEqual(before);
    expect(records.verify()).toMatchObject({ ok: true, entries: 4 });
    records.close();
  });

  test('is recorded with nothing when one of its entries cannot be', () => {
    const records = opened();
    const blocker = new DatabaseSync(path);
    blocker.exec("CREATE TRIGGER full BEFORE INSERT ON audit WHEN NEW.seq = 3 BEGIN SELECT RAISE (ABORT, 'no room'); END");
    blocker.close();
    expect(records.commit(row('r1'), eventsOf('r1'), parcelOf('r1'))).toMatchObject({ ok: false, fault: { code: 'REC-701' } });
    expect(stored('SELECT * FROM receptions')).toEqual([]);
    expect(stored('SELECT * FROM audit')).toEqual([]);
    expect(stored('SELECT * FROM outbox')).toEqual([]);
    records.close();
  });
});

describe('the audit log', () => {
  test('goes on over a restart, and tells the runs apart', () => {
    const first = opened('boot-1');
    first.note([noteOf({ name: 'reader.started', version: '1.2.3', simulated: true })]);
    first.close();
    const second = opened('boot-2');
    second.note([noteOf({ name: 'reception.ended', receptionId: 'r1', code: 'TIME-801' })]);
    expect(second.verify()).toMatchObject({ ok: true, entries: 2 });
    second.close();
    expect(stored('SELECT boot_id FROM audit ORDER BY seq')).toEqual([{ boot_id: 'boot-1' }, { boot_id: 'boot-2' }]);
  });

  test('keeps allow-listed fields only, whatever an event carries', () => {
    const records = opened();
    const careless = { name: 'pin.wrong', receptionId: 'r1', triesLeft: 1, pin: '1234', patient: '見本　花子' };
    records.note([noteOf(careless as AuditEvent)]);
    records.close();
    expect(stored('SELECT fields FROM audit')).toEqual([{ fields: '{"triesLeft":1}' }]);
  });
});

describe('records that cannot be opened are REC-701', () => {
  const opening = (at: string) => openRecords({ path: at, clock, version: '1' });

  test('when the folder is not there', () => {
    expect(opening(join(folder, 'nowhere', 'records.db'))).toMatchObject({ ok: false, fault: { code: 'REC-701' } });
  });

  test('when the file is something else', async () => {
    await writeFile(path, 'not a database, but long enough to be taken for one'.repeat(100));
    expect(opening(path)).toMatchObject({ ok: false, fault: { code: 'REC-701' } });
  });

  test('when a newer program made them', () => {
    opened().close();
    const database = new DatabaseSync(path);
    database.exec('PRAGMA user_version = 99');
    database.close();
    expect(opening(path)).toMatchObject({ ok: false, fault: { code: 'REC-701', detail: expect.stringContaining('newer') } });
  });
});

test('records whose file another process keeps locked are REC-701, and work again after', () => {
  const records = opened();
  const other = new DatabaseSync(path);
  other.exec('BEGIN EXCLUSIVE');
  expect(records.note([noteOf({ name: 'reception.started', receptionId: 'r1' })])).toMatchObject({
    ok: false,
    fault: { code: 'REC-701' },
  });
  other.exec('ROLLBACK');
  other.close();
  expect(records.note([noteOf({ name: 'reception.started', receptionId: 'r1' })]).ok).toBe(true);
  records.close();
});
