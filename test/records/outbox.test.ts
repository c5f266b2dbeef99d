import { chmodSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import type { Parcel } from '../../src/reception/ports.ts';
import { openRecords } from '../../src/records/records.ts';
import { type AStore, aStore } from './a-store.ts';
import { eventsOf, row } from './rows.ts';

let store: AStore;
beforeEach(() => {
  store = aStore();
});
afterEach(() => store.remove());

const NAME = '見本　花子';

function parcel(receptionId: string): Parcel {
  return {
    receptionId,
    fileName: `${receptionId}.xml`,
    files: [
      { name: `${receptionId}.json`, bytes: Buffer.from(`{"receptionId":"${receptionId}"}`) },
      { name: `${receptionId}.xml`, bytes: Buffer.from(`<Name>${NAME}</Name>`.repeat(50)) },
    ],
    acceptedAt: row(receptionId).acceptedAt,
  };
}

/** All bytes of the store's folder, the WAL's too. */
const onDisk = () => Buffer.concat(readdirSync(store.folder).map((name) => readFileSync(join(store.folder, name))));

describe('the outbox', () => {
  test('gives the parcels in the order of the receptions, each until it was delivered', () => {
    const records = store.open();
    // The calendar was set back in between.
    records.commit(row('r1', { acceptedAt: new Date('2026-04-02T00:00:00Z') }), eventsOf('r1'), parcel('r1'));
    records.commit(row('r2', { acceptedAt: new Date('2026-04-01T00:00:00Z') }), eventsOf('r2'), parcel('r2'));
    expect(records.outbox.depth()).toEqual({ ok: true, value: 2 });
    expect(records.outbox.next()).toEqual({ ok: true, value: { ...parcel('r1'), acceptedAt: new Date('2026-04-02T00:00:00Z') } });
    expect(records.outbox.delivered('r1').ok).toBe(true);
    expect(records.outbox.delivered('r1').ok).toBe(true);
    records.close();
    const again = store.open();
    expect(again.outbox.next()).toMatchObject({
      ok: true,
      value: { ...parcel('r2'), acceptedAt: new Date('2026-04-01T00:00:00Z') },
    });
    again.outbox.delivered('r2');
    expect(again.outbox.next()).toEqual({ ok: true, value: undefined });
    expect(again.outbox.depth()).toEqual({ ok: true, value: 0 });
    again.close();
    expect(store.stored('SELECT count(*) AS n FROM receptions WHERE delivered_at IS NOT NULL')).toEqual([{ n: 2 }]);
  });

  test('takes the parcel with its reception and audit, or nothing of all', () => {
    const records = store.open();
    records.commit(row('r1'), [], parcel('r1'));
    const before = records.head();
    const twice = records.commit(row('r2', { fileName: 'r1.xml' }), eventsOf('r2'), parcel('r2'));
    expect(twice).toMatchObject({ ok: false, fault: { code: 'REC-701' } });
    expect(records.outbox.depth()).toEqual({ ok: true, value: 1 });
    expect(records.head()).toEqual(before);
    records.close();
  });

  test('leaves nobody’s name on the disk, and nothing at all once delivered', () => {
    const records = store.open();
    records.commit(row('r1'), eventsOf('r1'), parcel('r1'));
    const sealed = Buffer.from(store.stored("SELECT sealed FROM outbox WHERE file_name = 'r1.xml'")[0]?.['sealed'] as Uint8Array);
    expect(onDisk().includes(sealed.subarray(0, 64))).toBe(true);
    expect(onDisk().includes(NAME)).toBe(false);
    records.outbox.delivered('r1');
    records.close();
    expect(onDisk().includes(sealed.subarray(0, 64))).toBe(false);
  });

  test('opens nothing that was moved or changed', () => {
    const records = store.open();
    records.commit(row('r1'), [], parcel('r1'));
    records.commit(row('r2'), [], parcel('r2'));
    records.close();
    const other = store.stored("SELECT sealed FROM outbox WHERE reception_id = 'r2'")[0]?.['sealed'] as Uint8Array;
    tamper("UPDATE outbox SET sealed = ? WHERE file_name = 'r1.json'", other);
    const moved = store.open();
    expect(moved.outbox.next()).toMatchObject({ ok: false, fault: { code: 'REC-701' } });
    moved.close();
  });

  function tamper(sql: string, value: Uint8Array): void {
    const database = new DatabaseSync(store.path);
    database.prepare(sql).run(value);
    database.close();
  }
});

describe('the data key', () => {
  const keyFile = () => join(store.folder, 'data.key');
  const opening = () => openRecords({ path: store.path, clock: systemClock, version: 'test' });

  test('is made at the first start, for its owner alone, and stays', () => {
    const records = store.open();
    for (const name of readdirSync(store.folder)) expect(statSync(join(store.folder, name)).mode & 0o077).toBe(0);
    records.close();
    const made = readFileSync(keyFile());
    expect(made.length).toBe(32);
    expect(statSync(keyFile()).mode & 0o777).toBe(0o600);
    store.open().close();
    expect(readFileSync(keyFile())).toEqual(made);
  });

  test('is made again only while nothing waits under it', () => {
    const records = store.open();
    rmSync(keyFile());
    records.commit(row('r1'), [], parcel('r1'));
    records.close();
    expect(opening()).toMatchObject({ ok: false, fault: { code: 'REC-701', detail: expect.stringContaining('gone') } });
  });

  test('is refused when others may read it, and when it is none', () => {
    store.open().close();
    chmodSync(keyFile(), 0o640);
    expect(opening()).toMatchObject({ ok: false, fault: { detail: expect.stringContaining('others') } });
    chmodSync(keyFile(), 0o600);
    writeFileSync(keyFile(), 'short');
    expect(opening()).toMatchObject({ ok: false, fault: { detail: expect.stringContaining('not a data key') } });
  });
});
