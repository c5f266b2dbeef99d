/** What becomes of an update on an emulated reader: refused, broken off, taken, or taken back. */
import { systemClock } from '../../src/clock.ts';
import type { BuiltBundle } from '../update/build-bundle.ts';
import type { Machine } from './machine.ts';
import { MINUTE_MS, must, type Step, until } from './step.ts';
import { grubenv, runningSlot, type VirtRun, waitForReader, waitForSystem, waitForVersion } from './virt-run.ts';

/** Fetched by the device's own certificate, then given to RAUC itself, past the agent and its own checks. */
const fetchBundle = (name: string) => `/opt/node/bin/node -e '
const [fs, https] = [require("fs"), require("https")];
const ca = JSON.parse(fs.readFileSync("/data/site/site.json", "utf8")).update.caPem;
const cert = fs.readFileSync("/data/kazasu/device-certificate.pem"), key = fs.readFileSync("/data/kazasu/device-key.pem");
https.get("https://localhost:7445/${name}", { ca, cert, key }, (r) => r.pipe(fs.createWriteStream("/data/update/test.raucb")));
'`;

export function refused(what: string, name: string, reason: RegExp): Step<VirtRun> {
  return {
    name: `refused: ${what}`,
    boundMs: 15 * MINUTE_MS,
    async work(run) {
      const machine = run.machine();
      await machine.run(fetchBundle(name), 10 * MINUTE_MS);
      const startedAt = systemClock.now();
      const { status, output } = await machine.run(
        'rauc install /data/update/test.raucb; s=$?; rm /data/update/test.raucb; exit $s',
        10 * MINUTE_MS,
      );
      must(status !== 0, 'it was installed');
      const said = output.split('\n').find((line) => line.startsWith('LastError'));
      must(reason.test(said ?? ''), `refused, but for another reason: ${output.split('\n').slice(-3).join(' / ')}`);
      return `after ${Math.round((systemClock.now() - startedAt) / 1_000)} s: ${said?.trim()}`;
    },
  };
}

/** A release as the list names it, for every ring at once. */
const now = (bundle: BuiltBundle) => ({ ...bundle, rings: { 0: '2020-01-01T00:00:00Z' }, spreadHours: 0 });

const agentsWord = (machine: Machine) =>
  machine.run('journalctl -u kazasu-update -o cat --no-pager -n 60 | grep "\\"name\\"" | tail -4').then(({ output }) => output);

/** Longer than a try for one piece, shorter than the kernel's patience with it. */
const LOST_MS = 90_000;

export const goodUpdate: Step<VirtRun> = {
  name: 'a good update streams, also over a line that breaks, is started and marked good',
  boundMs: 90 * MINUTE_MS,
  async work(run) {
    const machine = run.machine();
    const startedAt = systemClock.now();
    const { version } = run.bundles.good;
    run.offer([now(run.bundles.good)]);
    await machine.run('systemctl restart kazasu-update');
    const streaming = async () => ((await agentsWord(machine)).includes('"percent":30') ? true : undefined);
    await until('a third does not come', 40 * MINUTE_MS, streaming, 5_000);
    run.outside.loseReleases(LOST_MS);
    await waitForVersion(machine, version, 45 * MINUTE_MS);
    const seconds = Math.round((systemClock.now() - startedAt) / 1_000);
    const slots = await until('it is not marked good', 15 * MINUTE_MS, async () => {
      const found = await grubenv(machine);
      return /ORDER=B A/.test(found) && /B_OK=1/.test(found) && /B_TRY=0/.test(found) ? found : undefined;
    });
    return `the line was dead for ${LOST_MS / 1_000} s after 30 %; ${version} runs from slot ${await runningSlot(machine)} after ${seconds} s; ${slots}`;
  },
};

export const cutInUpdate: Step<VirtRun> = {
  name: 'a power cut in mid-update ends in a running reader',
  boundMs: 75 * MINUTE_MS,
  async work(run) {
    const machine = run.machine();
    run.offer([now(run.bundles.good)]);
    await machine.run('systemctl restart kazasu-update');
    const installing = async () => ((await agentsWord(machine)).includes('update.installing') ? true : undefined);
    await until('no installation begins', 20 * MINUTE_MS, installing, 10_000);
    await until('nothing is copied', 10 * MINUTE_MS, async () => ((await machine.run(COPYING)).status === 0 ? true : undefined));
    run.offer([]);
    const again = await run.start();
    await waitForSystem(again);
    const { version } = await waitForReader(again);
    return `version ${version} from slot ${await runningSlot(again)}; ${await grubenv(again)}`;
  },
};

/** RAUC's service has written to a slot. */
const COPYING =
  'rauc_pid=$(systemctl show -P MainPID rauc.service); [ "$(sed -n "s/^write_bytes: //p" /proc/$rauc_pid/io)" -gt 8000000 ]';

export const slotPanics: Step<VirtRun> = {
  name: 'a slot that panics: three tries, then the running reader is back',
  boundMs: 75 * MINUTE_MS,
  async work(run) {
    const machine = run.machine();
    const before = await runningSlot(machine);
    // Given to RAUC itself: what is looked at is what GRUB makes of it, whatever an agent did.
    await machine.run(fetchBundle('panics.raucb'), 10 * MINUTE_MS);
    const installed = await machine.run(
      'rauc install /data/update/test.raucb; s=$?; rm /data/update/test.raucb; exit $s',
      10 * MINUTE_MS,
    );
    must(installed.status === 0, `it is not installed: ${installed.output}`);
    const startedAt = systemClock.now();
    let panics = 0;
    const watching = new AbortController();
    const counting = countLines(machine, /Attempted to kill init/, watching.signal, () => panics++);
    // A little later, or the hand would go before it has answered.
    await machine.run('systemd-run --on-active=3 systemctl reboot');
    await until('no panic', 20 * MINUTE_MS, async () => (panics > 0 ? true : undefined));
    await waitForSystem(machine, 40 * MINUTE_MS);
    const { version } = await waitForReader(machine);
    watching.abort();
    await counting;
    must(panics === 3, `${panics} panics instead of three`);
    const slot = await runningSlot(machine);
    must(slot === before, `slot ${slot} runs, ${before} ran before`);
    return `${panics} panics, then version ${version} from slot ${slot}; ${Math.round((systemClock.now() - startedAt) / 1_000)} s; ${await grubenv(machine)}`;
  },
};

async function countLines(machine: Machine, wanted: RegExp, until_: AbortSignal, count: () => void): Promise<void> {
  while (!until_.aborted) await machine.console.next((line) => wanted.test(line), 5_000, until_).then(count, () => {});
}

export const recordLost: Step<VirtRun> = {
  name: 'a boot loader’s record that a power cut left empty is taken from its spare',
  boundMs: 40 * MINUTE_MS,
  async work(run) {
    const before = await runningSlot(run.machine());
    // As grub-editenv leaves it when the power goes between emptying and writing.
    await run.machine().run(': > /boot/efi/EFI/debian/grubenv; sync');
    const machine = await run.start();
    await machine.console.next((line) => line.includes('its spare is taken'), 10 * MINUTE_MS);
    await waitForSystem(machine);
    const { version } = await waitForReader(machine);
    const slot = await runningSlot(machine);
    must(slot === before, `slot ${slot} runs, ${before} ran before`);
    const again = await grubenv(machine);
    must(again.includes('ORDER='), `the record was not written anew: ${again}`);
    return `version ${version} from slot ${slot}; ${again}`;
  },
};

export const slotFailsItself: Step<VirtRun> = {
  name: 'a slot whose self-test fails: never marked good, then the running reader is back',
  boundMs: 120 * MINUTE_MS,
  async work(run) {
    let machine = run.machine();
    const before = await runningSlot(machine);
    run.offer([now(run.bundles.failsItself)]);
    await machine.run('systemctl restart kazasu-update');
    const tries: string[] = [];
    for (;;) {
      if (tries.length === 0) await waitForVersion(machine, run.bundles.failsItself.version, 40 * MINUTE_MS);
      else await waitForReader(machine);
      if ((await runningSlot(machine)) === before) break;
      const failed = async () => ((await agentsWord(machine)).includes('UPD-980') ? true : undefined);
      await until('the self-test passes or does not end', 15 * MINUTE_MS, failed, 10_000);
      tries.push(await grubenv(machine));
      must(tries.length <= 3, 'it is started a fourth time');
      // A person pulls the plug; left alone, the agent restarts it after a quarter of an hour.
      machine = await run.start();
      await waitForSystem(machine);
    }
    run.offer([]);
    return `${tries.length} tries without being marked good, then slot ${before} again; ${await grubenv(machine)}`;
  },
};
