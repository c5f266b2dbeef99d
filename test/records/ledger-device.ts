/**
 * A reader that asks a gateway for one operation after another, to be killed. The gateway is a file with a line for each
 * key that it has acted upon: like the real one it acts once on a key, and knows what became of it.
 */
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { systemClock } from '../../src/clock.ts';
import { openRecords } from '../../src/records/records.ts';
import { eventsOf, parcelOf, row } from './rows.ts';

const [path = '', gateway = '', run = ''] = process.argv.slice(2);
const acted = new Set(existsSync(gateway) ? readFileSync(gateway, 'utf8').split('\n') : []);
const opened = openRecords({ path, clock: systemClock, version: 'test' });
if (!opened.ok) throw new Error(opened.fault.detail);
const records = opened.value;

function ask(key: string): void {
  if (acted.has(key)) return;
  acted.add(key);
  appendFileSync(gateway, `${key}\n`);
}
function must(result: { readonly ok: boolean }): void {
  if (!result.ok) throw new Error('not recorded');
}

// What an earlier run left open is asked for again, under its own key.
const open = records.gateway.unanswered();
if (!open.ok) throw new Error(open.fault.detail);
for (const { key } of open.value) {
  ask(key);
  must(records.gateway.answered(key));
}
process.stdout.write('reconciled\n');

for (let n = 0; ; n++) {
  const receptionId = `${run}-${n}`;
  for (const operation of ['open', 'eligibility']) {
    const key = `${receptionId}-${operation}`;
    must(records.gateway.begin({ key, receptionId, operation }));
    ask(key);
    must(records.gateway.answered(key));
  }
  must(records.commit(row(receptionId), eventsOf(receptionId), parcelOf(receptionId)));
  process.stdout.write(`${receptionId}\n`);
}
