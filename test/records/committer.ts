/** A reader that records receptions as fast as it can and says each one only when it is recorded: to be killed. */
import { systemClock } from '../../src/clock.ts';
import { openRecords } from '../../src/records/records.ts';
import { eventsOf, parcelOf, row } from './rows.ts';

const [path = '', run = ''] = process.argv.slice(2);
const records = openRecords({ path, clock: systemClock, version: 'test' });
if (!records.ok) throw new Error(records.fault.detail);
for (let n = 0; ; n++) {
  const receptionId = `${run}-${n}`;
  const committed = records.value.commit(row(receptionId), eventsOf(receptionId), parcelOf(receptionId));
  if (!committed.ok) throw new Error(committed.fault.detail);
  process.stdout.write(`${receptionId}\n`);
}
