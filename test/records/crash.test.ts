/** kill -9 between any two instructions: what was acknowledged is there, and nothing is there by half. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { openRecords } from '../../src/records/records.ts';
import { eventsOf } from './rows.ts';

const KILLS = 5;
const committer = fileURLToPath(new URL('committer.ts', import.meta.url));
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kazasu-records-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Lets a reader record until it has told of `receptions`, then kills it. Returns all that it told of. */
async function recordAndKill(path: string, run: number, receptions: number): Promise<string[]> {
  const child = spawn(process.execPath, [committer, path, String(run)], { stdio: ['ignore', 'pipe', 'inherit'] });
  let told = '';
  child.stdout.setEncoding('utf8');
  child.stdout.on('data', (text: string) => {
    told += text;
    if (told.split('\n').length > receptions) child.kill('SIGKILL');
  });
  await once(child, 'close');
  // A last line without its end may be cut short.
  return told.split('\n').slice(0, -1);
}

test('a killed reader has kept every reception that it told of, whole and once', async () => {
  const path = join(folder, 'records.db');
  const told: string[] = [];
  for (let run = 0; run < KILLS; run++) told.push(...(await recordAndKill(path, run, 10 + run * 7)));
  expect(told.length).toBeGreaterThan(KILLS * 10);

  const records = openRecords({ path, clock: systemClock, version: 'test' });
  if (!records.ok) throw new Error(records.fault.detail);
  expect(records.value.verify()).toMatchObject({ ok: true });
  records.value.close();

  const database = new DatabaseSync(path, { readOnly: true });
  const stored = database.prepare('SELECT reception_id AS id FROM receptions ORDER BY rowid').all() as { id: string }[];
  const ids = stored.map(({ id }) => id);
  expect(told.filter((id) => !ids.includes(id))).toEqual([]);
  const audited = database
    .prepare('SELECT reception_id AS id, count(*) AS entries FROM audit GROUP BY id ORDER BY min(seq)')
    .all();
  const waiting = database.prepare('SELECT reception_id AS id FROM outbox ORDER BY ordinal').all();
  expect(waiting.map(({ id }) => id)).toEqual(ids);
  expect(audited).toEqual(ids.map((id) => ({ id, entries: eventsOf(id).length })));
  expect(database.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' });
  database.close();
});
