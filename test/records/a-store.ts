/** A store in a folder of its own, on simulated time, with a signing key that the test holds. */
import { generateKeyPairSync, sign } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { SignedCheckpoint } from '../../src/records/checkpoint.ts';
import { openRecords, type Records, type RecordsOptions } from '../../src/records/records.ts';
import { createSimulatedClock, type SimulatedClock } from '../simulated-clock.ts';

const { privateKey, publicKey } = generateKeyPairSync('ed25519');

export function aStore(options: Partial<RecordsOptions> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'kazasu-store-'));
  const path = join(folder, 'records.sqlite');
  const time = createSimulatedClock();
  let calendarMs = 0;
  const clock: SimulatedClock = { ...time, wall: () => new Date(time.wall().getTime() + calendarMs) };
  const told: SignedCheckpoint[] = [];
  return {
    folder,
    path,
    clock,
    /** Somebody sets the calendar; the clock that only goes forward goes on. */
    setCalendar(byMs: number): void {
      calendarMs += byMs;
    },
    publicKey,
    /** Checkpoints that the reader gave away. */
    told,
    open(more: Partial<RecordsOptions> = {}): Records {
      const records = openRecords({
        path,
        clock,
        version: 'test',
        signer: { sign: (statement) => sign(null, statement, privateKey) },
        ...options,
        ...more,
      });
      if (!records.ok) throw new Error(`${records.fault.code}: ${records.fault.detail}`);
      records.value.checkpoints.watch((checkpoint) => told.push(checkpoint));
      return records.value;
    },
    /** What stands in the file, read apart from the program. */
    stored(sql: string): Record<string, unknown>[] {
      const database = new DatabaseSync(path, { readOnly: true });
      const rows = database.prepare(sql).all();
      database.close();
      return rows.map((row) => ({ ...row }));
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

export type AStore = ReturnType<typeof aStore>;
