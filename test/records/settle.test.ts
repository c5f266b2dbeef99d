/** What becomes of receptions whose answer was lost, and what the log says of itself. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Records } from '../../src/records/records.ts';
import { type AStore, aStore } from './a-store.ts';
import { eventsOf, noteOf, parcelOf, row } from './rows.ts';

let store: AStore;
let records: Records;
beforeEach(() => {
  store = aStore();
  records = store.open();
});
afterEach(() => {
  records.close();
  store.remove();
});

const names = () => store.stored('SELECT name FROM audit ORDER BY seq').map(({ name }) => name);
const ids = () => store.stored('SELECT reception_id AS id FROM receptions').map(({ id }) => id);
const open = () => store.stored("SELECT key FROM gateway_operations WHERE state = 'begun' ORDER BY rowid").map(({ key }) => key);
const begin = (key: string, receptionId: string) => records.gateway.begin({ key, receptionId, operation: 'recordConsent' });
const settled = (receptionId: string) => noteOf({ name: 'reception.settled', receptionId, at: 'answered' });
const late = (receptionId: string) => ({ row: row(receptionId), parcel: parcelOf(receptionId) });

describe('what the gateway was asked for a reception', () => {
  test('is no longer open once the reception is recorded, and another’s still is', () => {
    begin('consent-1', 'r1');
    begin('consent-2', 'r2');
    records.commit(row('r1'), eventsOf('r1'), parcelOf('r1'));
    expect(open()).toEqual(['consent-2']);
  });

  test('stays open when the reception cannot be recorded', () => {
    records.commit(row('r1'), [], parcelOf('r1'));
    begin('consent-2', 'r2');
    expect(records.commit(row('r2', { fileName: 'r1.xml' }), [], parcelOf('r2')).ok).toBe(false);
    expect(open()).toEqual(['consent-2']);
  });
});

describe('a reception that is settled', () => {
  test('as answered is recorded with its parcel, and no longer open', () => {
    begin('consent-1', 'r1');
    expect(records.settle('r1', [settled('r1')], late('r1'))).toEqual({ ok: true, value: undefined });
    expect([ids(), names(), open()]).toEqual([['r1'], ['reception.settled'], []]);
    expect(records.outbox.next()).toMatchObject({ ok: true, value: parcelOf('r1') });
  });

  test('a second time changes nothing', () => {
    records.settle('r1', [settled('r1')], late('r1'));
    begin('consent-1', 'r1');
    const head = records.head();
    expect(records.settle('r1', [settled('r1')], late('r1')).ok).toBe(true);
    expect([records.head(), ids(), open()]).toEqual([head, ['r1'], []]);
    expect(records.outbox.depth()).toEqual({ ok: true, value: 1 });
  });

  test('as nothing is noted alone', () => {
    begin('open-1', 'r1');
    records.settle('r1', [noteOf({ name: 'reception.settled', receptionId: 'r1', at: 'nothing' })]);
    expect([ids(), open()]).toEqual([[], []]);
    expect(store.stored('SELECT reception_id, fields FROM audit')).toEqual([{ reception_id: 'r1', fields: '{"at":"nothing"}' }]);
  });
});

describe('a calendar that is set while the reader runs', () => {
  const fields = () => store.stored("SELECT fields FROM audit WHERE name = 'clock.stepped'").map((one) => one['fields']);
  const note = () => records.note([noteOf({ name: 'reception.started', receptionId: 'r1' })]);

  test.each([3_600_000, -86_400_000, 2_001])('by %d ms is noted once, before what follows', (byMs) => {
    note();
    store.setCalendar(byMs);
    note();
    note();
    expect(fields()).toEqual([JSON.stringify({ byMs })]);
    expect(names()).toEqual(['reception.started', 'clock.stepped', 'reception.started', 'reception.started']);
    expect(records.verify()).toMatchObject({ ok: true });
  });

  test('by less than two seconds is not noted, however often', () => {
    for (let n = 0; n < 5; n++) {
      store.setCalendar(1_900);
      note();
    }
    expect(fields()).toEqual([]);
  });

  test('is noted within the hour when nobody comes', async () => {
    store.setCalendar(-60_000);
    await store.clock.advance(3_600_000);
    expect(fields()).toEqual(['{"byMs":-60000}']);
  });

  test('is noted by the next entry when the first one cannot be written', () => {
    begin('consent-1', 'r1');
    records.commit(row('r1'), [], parcelOf('r1'));
    store.setCalendar(60_000);
    expect(records.commit(row('r1'), [], parcelOf('r1')).ok).toBe(false);
    expect(fields()).toEqual([]);
    note();
    expect(fields()).toEqual(['{"byMs":60000}']);
  });
});
