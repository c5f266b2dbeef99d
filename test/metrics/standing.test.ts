/** What stands, as it is read from a real store whenever somebody asks. */
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ok } from '../../src/faults/result.ts';
import { createMetrics, type Metrics } from '../../src/metrics/registry.ts';
import { addStanding } from '../../src/metrics/standing.ts';
import type { Records } from '../../src/records/records.ts';
import { type AStore, aStore } from '../records/a-store.ts';
import { row } from '../records/rows.ts';
import { sumOf } from './reading.ts';

let store: AStore;
let records: Records;
let metrics: Metrics;

beforeEach(() => {
  store = aStore();
  records = store.open();
  metrics = createMetrics({ simulated: true });
  addStanding(metrics.registry, {
    clock: store.clock,
    parts: { isReady: () => true, stop: () => {} },
    clinic: { waitsFor: () => undefined },
    face: { ready: async () => ok() },
    outbox: records.outbox,
    ledger: records.gateway,
    certificateEnds: () => new Date('2027-01-01T00:00:00Z'),
    readerId: 'KZTEST01',
    version: '0.0.0',
  });
});
afterEach(() => {
  records.close();
  store.remove();
});

const value = async (name: string) => sumOf(await metrics.registry.metrics(), name);

function accept(receptionId: string): void {
  const acceptedAt = store.clock.wall();
  const fileName = `${receptionId}.xml`;
  const parcel = { receptionId, fileName, acceptedAt, files: [{ name: fileName, bytes: Buffer.from('見本　花子') }] };
  expect(records.commit(row(receptionId, { acceptedAt }), [], parcel).ok).toBe(true);
}

test('the oldest result’s age grows until it was handed over, then the next one’s counts', async () => {
  expect(await value('kazasu_outbox_oldest_age_seconds')).toBe(0);
  accept('r1');
  await store.clock.advance(60_000);
  accept('r2');
  await store.clock.advance(5_000);
  expect(await value('kazasu_outbox_oldest_age_seconds')).toBe(65);
  records.outbox.delivered('r1');
  expect(await value('kazasu_outbox_oldest_age_seconds')).toBe(5);
  records.outbox.delivered('r2');
  expect(await value('kazasu_outbox_oldest_age_seconds')).toBe(0);
});

test('no result is opened to tell its age: one that cannot be opened has an age as well', async () => {
  accept('r1');
  const database = new DatabaseSync(store.path);
  database.prepare("UPDATE outbox SET sealed = x'00'").run();
  database.close();
  await store.clock.advance(7_000);
  expect(records.outbox.next()).toMatchObject({ ok: false, fault: { code: 'REC-701' } });
  expect(await value('kazasu_outbox_oldest_age_seconds')).toBe(7);
});

test('a change asked of the gateway is unsettled until its answer was noted', async () => {
  expect(await value('kazasu_gateway_unsettled_changes')).toBe(0);
  for (const key of ['r1.open.1', 'r1.consent.2'])
    records.gateway.begin({ key, receptionId: 'r1', operation: key.includes('open') ? 'openReception' : 'recordConsent' });
  expect(await value('kazasu_gateway_unsettled_changes')).toBe(2);
  records.gateway.answered('r1.open.1');
  expect(await value('kazasu_gateway_unsettled_changes')).toBe(1);
});

test('what cannot be read is not told, and the rest is', async () => {
  const database = new DatabaseSync(store.path);
  database.exec('DROP TABLE outbox; DROP TABLE gateway_operations');
  database.close();
  for (const name of ['kazasu_outbox_parcels', 'kazasu_outbox_oldest_age_seconds', 'kazasu_gateway_unsettled_changes'])
    expect(await value(name)).toBeUndefined();
  expect(await value('kazasu_resident_memory_bytes')).toBeGreaterThan(0);
});
