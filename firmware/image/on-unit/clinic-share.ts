/**
 * Keeps the clinic's share mounted that the site file names; without one it ends at once.
 *
 *   node clinic-share.ts /data/site/site.json /run/kazasu-share/fstab
 */
import { dirname, join } from 'node:path';
import { systemClock } from '../../../src/clock.ts';
import { SHARE_FOLDER, SHARE_PASSWORD_NAME } from '../../../src/unit/clinic-share.ts';
import { readSite } from '../../../src/unit/site.ts';
import { createRunProgram } from '../../../src/update/run-program.ts';
import { keepShare } from './keep-share.ts';
import { createShareMount } from './share-mount.ts';

const [file = '', fstab = ''] = process.argv.slice(2);
const say = (line: string) => void process.stdout.write(`${line}\n`);
const site = readSite(file);
if (!site.ok) {
  // The reader says the same on its screen, for staff; this line is for the journal.
  say(`No share is mounted: ${site.fault.detail}`);
  process.exitCode = 1;
} else if (site.value.clinic.share) {
  const ended = new AbortController();
  process.once('SIGTERM', () => ended.abort());
  const mount = createShareMount({
    ...{ share: site.value.clinic.share, folder: SHARE_FOLDER, fstab },
    passwordFile: join(dirname(file), SHARE_PASSWORD_NAME),
    ...{ run: createRunProgram(systemClock), clock: systemClock },
  });
  await keepShare({ mount, clock: systemClock, say, signal: ended.signal });
}
