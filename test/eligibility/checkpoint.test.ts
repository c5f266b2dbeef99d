/** The log's signed heads, kept at the gateway: what an auditor holds against a log that lost its end. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { checkpointTask } from '../../src/compose-checkpoints.ts';
import type { GatewayClient } from '../../src/eligibility/gateway-client.ts';
import { failed, ok } from '../../src/faults/result.ts';
import type { AuditEvent } from '../../src/reception/ports.ts';
import { openRecords, type Records } from '../../src/records/records.ts';
import { clientWithoutLine, type GatewayBench, never, openGatewayBench } from '../bench/gateway/gateway-bench.ts';
import { kazasu } from '../commands/kazasu.ts';

let bench: GatewayBench;
let folder: string;
let records: Records;
let client: GatewayClient;
let readers = 0;
let reader = '';
beforeAll(async () => {
  bench = await openGatewayBench(systemClock);
});
afterAll(() => bench.gateway.close());
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kazasu-checkpoint-'));
  reader = `reader-${++readers}`;
  records = opened('records.sqlite');
  bench.gateway.controls.mode = 'normal';
  client = clientWithoutLine({
    clock: systemClock,
    request: bench.gateway.requestAs(reader),
  });
});
afterEach(() => {
  records.close();
  rmSync(folder, { recursive: true });
});

function opened(name: string): Records {
  const result = openRecords({ path: join(folder, name), clock: systemClock, version: 'test' });
  if (!result.ok) throw new Error(result.fault.detail);
  return result.value;
}

function note(into: Records, event: AuditEvent = { name: 'reception.started', receptionId: 'r1' }): void {
  const noted = into.note([{ event, atMs: systemClock.now(), wall: systemClock.wall() }]);
  if (!noted.ok || !into.sign().ok) throw new Error('not signed');
}

const taskOf = (from: Records) => checkpointTask({ gateway: client, records: from, clock: systemClock });
const namesIn = (name: string) => {
  const database = new DatabaseSync(join(folder, name), { readOnly: true });
  const rows = database.prepare('SELECT name FROM audit ORDER BY seq').all();
  database.close();
  return rows.map((row) => row['name']);
};

/** As an auditor asks, with any certificate that the gateway admits. */
async function held(readerId = reader): Promise<{ status: number; body: Record<string, unknown>; text: string }> {
  const headers = { traceparent: `00-${'1'.repeat(32)}-${'2'.repeat(16)}-01` };
  const path = `/v1/readers/${readerId}/checkpoint`;
  const answer = await bench.gateway.requestAs('auditor')({
    method: 'GET',
    path,
    headers,
    maxAnswerBytes: 10_000,
    signal: never,
  });
  const text = Buffer.from(answer.body).toString('utf8');
  return { status: answer.status, body: JSON.parse(text), text };
}

test('the newest one is given, once, and again by a reader that was started anew', async () => {
  const task = taskOf(records);
  expect(task.due()).toBe(false);
  note(records);
  note(records);
  expect(task.due()).toBe(true);
  expect(await task.run(never)).toEqual(ok());
  expect(task.due()).toBe(false);
  expect(await held()).toMatchObject({ status: 200, body: { readerId: reader, ...records.head() } });
  const restarted = taskOf(records);
  expect([restarted.due(), await restarted.run(never)]).toEqual([true, ok()]);
  expect((await held('reader-0')).body).toEqual({ code: 'checkpoint-unknown' });
});

test('one that could not be given stays due, and a newer one takes its place', async () => {
  const task = taskOf(records);
  note(records);
  bench.gateway.controls.mode = 'error-500';
  expect(await task.run(never)).toMatchObject({ ok: false, fault: { code: 'GATE-501' } });
  note(records);
  bench.gateway.controls.mode = 'normal';
  expect([task.due(), await task.run(never)]).toEqual([true, ok()]);
  expect((await held()).body).toMatchObject({ seq: 2 });
});

test('a log that lost its end is refused, says so once, and what is held tells the auditor', async () => {
  for (let n = 0; n < 5; n++) note(records);
  expect(await taskOf(records).run(never)).toEqual(ok());
  const kept = await held();
  const before = records.head();

  const shorter = opened('set-back.sqlite');
  note(shorter);
  const task = taskOf(shorter);
  expect(await task.run(never)).toEqual(ok());
  shorter.sign();
  expect([task.due(), await task.run(never)]).toEqual([true, ok()]);
  shorter.close();
  expect(namesIn('set-back.sqlite')).toEqual(['reception.started', 'checkpoint.refused']);
  expect((await held()).body).toMatchObject(before);

  writeFileSync(join(folder, 'held.json'), kept.text);
  const verify = (name: string) => kazasu(['audit', 'verify', join(folder, name), '--checkpoint', join(folder, 'held.json')]);
  expect(await verify('records.sqlite')).toMatchObject({ code: 0 });
  expect(await verify('set-back.sqlite')).toMatchObject({ code: 1, stdout: expect.stringMatching(/^Entry 3 was there once/) });
});

test('another head at the same place is refused', async () => {
  note(records);
  await taskOf(records).run(never);
  const other = opened('other.sqlite');
  note(other, { name: 'reception.started', receptionId: 'r2' });
  expect(await taskOf(other).run(never)).toEqual(ok());
  other.close();
  expect(namesIn('other.sqlite')).toContain('checkpoint.refused');
});

test('an admitted reader’s alone is taken, and of a form that can be one', async () => {
  note(records);
  bench.gateway.controls.refusedReaders.add(reader);
  expect(await taskOf(records).run(never)).toMatchObject(failed('GATE-504'));
  bench.gateway.controls.refusedReaders.delete(reader);
  const { at, signature } = await signedHead();
  const forged = { seq: 1, hash: 'not a hash', at, signature };
  expect(await client.keepCheckpoint(forged, never)).toMatchObject({ ok: false, fault: { code: 'GATE-503' } });
});

async function signedHead() {
  const newest = records.checkpoints.newest();
  if (!newest.ok || !newest.value) throw new Error('nothing signed');
  return newest.value;
}
