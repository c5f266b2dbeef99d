/**
 * A reader that has consents recorded at a gateway, records the receptions, hands some of them over, and says so in a file
 * as soon as the store has said yes: to be recorded. The gateway is another file, which no power cut here reaches. Its store is opened as always, or with `synchronous = NORMAL`, under which a power cut loses rows.
 */
import { openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { systemClock } from '../../src/clock.ts';
import { openRecords } from '../../src/records/records.ts';
import { eventsOf, row } from '../records/rows.ts';
import { RECEPTIONS } from './expectations.ts';

const [folder = '', synchronous = ''] = process.argv.slice(2);
if (synchronous === 'NORMAL') {
  const { exec } = DatabaseSync.prototype;
  DatabaseSync.prototype.exec = function (sql) {
    return exec.call(this, sql.replace('synchronous = FULL', 'synchronous = NORMAL'));
  };
}

const opened = openRecords({ path: join(folder, 'records.sqlite'), clock: systemClock, version: 'test' });
if (!opened.ok) throw new Error(opened.fault.detail);
const records = opened.value;
const acknowledged = openSync(join(folder, 'acknowledged'), 'wx');
const gateway = openSync(join(folder, 'gateway'), 'wx');
const resultBytes = Buffer.alloc(6_000, '<Name>見本　花子</Name>');

function say(word: string, done: { readonly ok: boolean }): void {
  if (!done.ok) throw new Error('not recorded');
  writeSync(acknowledged, `${word}\n`);
}

for (let n = 0; n < RECEPTIONS; n++) {
  const receptionId = `r${n}`;
  const files = [{ name: `${receptionId}.xml`, bytes: resultBytes }];
  const parcel = { receptionId, fileName: `${receptionId}.xml`, files, acceptedAt: new Date() };
  const begun = records.gateway.begin({ key: `${receptionId}.consent`, receptionId, operation: 'recordConsent' });
  if (!begun.ok) throw new Error('not noted');
  writeSync(gateway, `${receptionId}\n`);
  say(`recorded ${receptionId}`, records.commit(row(receptionId), eventsOf(receptionId), parcel));
  if (n % 3 !== 0) say(`delivered ${receptionId}`, records.outbox.delivered(receptionId));
}
// No close: the power is cut while the reader runs.
process.kill(process.pid, 'SIGKILL');
