/** Results reach a shared folder of the clinic's network: one that comes late, is there, and goes for a while. */
import { systemClock } from '../../src/clock.ts';
import { SHARE_FOLDER, SHARE_PASSWORD_NAME } from '../../src/unit/clinic-share.ts';
import { type ClinicShare, makeClinicShare } from './clinic-share.ts';
import type { Machine } from './machine.ts';
import { receiveByPin, waitForIdle } from './reception-by-pin.ts';
import { MINUTE_MS, must, type Step, until } from './step.ts';
import { type VirtRun, waitForReader } from './virt-run.ts';

export const shareStep: Step<VirtRun> = {
  name: 'results reach a share of the clinic’s network, also after it was away',
  boundMs: 60 * MINUTE_MS,
  async work(run) {
    const machine = run.machine();
    const share = await makeClinicShare();
    try {
      await laySite(machine, `site.clinic = ${JSON.stringify({ share: share.site })}`, share.password);
      await receive(run);
      const { status } = await machine.run(`test -e ${SHARE_FOLDER}`);
      must(status !== 0, 'the folder is there before the share is: results could be written beside it');
      const late = await secondsUntil(share, 1, () => share.start());
      await receive(run);
      await secondsUntil(share, 2);
      await share.stop();
      await receive(run);
      must(resultsIn(share) === 2, `a server that was ended holds ${share.files().join(', ')}`);
      const back = await secondsUntil(share, 3, () => share.start());
      const { output } = await machine.run(`findmnt --noheadings --output FS-OPTIONS ${SHARE_FOLDER}`);
      must(/\bseal\b/.test(output), `not encrypted: ${output}`);
      return `3 receptions, 3 results: the first ${late} s after the server came, the last ${back} s after it was back`;
    } finally {
      await laySite(machine, 'delete site.clinic', '');
      await share.close();
    }
  },
};

async function receive(run: VirtRun): Promise<void> {
  const { accepted, screens } = await receiveByPin(run.machine(), run.outside);
  must(accepted, `the reception ended otherwise: ${screens.join(', ')}`);
}

/** @returns how long after `begin` that many results were there */
async function secondsUntil(share: ClinicShare, results: number, begin: () => Promise<void> = async () => {}): Promise<number> {
  const startedAt = systemClock.now();
  await begin();
  await until(`${results} results in the share`, 15 * MINUTE_MS, async () => (resultsIn(share) === results ? true : undefined));
  return Math.round((systemClock.now() - startedAt) / 1_000);
}

/** Each result has a sidecar, and was a temporary file before. */
const resultsIn = (share: ClinicShare) => share.files().filter((name) => name.endsWith('.xml')).length;

/** As a technician's tool would have laid it, and the services that read it started again. */
async function laySite(machine: Machine, change: string, password: string): Promise<void> {
  const { status, output } = await machine.run(
    `/opt/node/bin/node -e '
const fs = require("fs");
const site = JSON.parse(fs.readFileSync("/data/site/site.json", "utf8"));
${change};
fs.writeFileSync("/data/site/site.json", JSON.stringify(site));
fs.writeFileSync("/data/site/${SHARE_PASSWORD_NAME}", "${password}\\n", { mode: 0o600 });' &&
systemctl restart kazasu-share kazasu`,
    10 * MINUTE_MS,
  );
  must(status === 0, `the site file was not taken: ${output}`);
  await waitForReader(machine);
  // Its screen comes after it.
  await waitForIdle(machine, 5 * MINUTE_MS).catch(() => {});
}
