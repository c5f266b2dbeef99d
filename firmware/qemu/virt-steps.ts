/** What an emulated reader has to show, in order: each step goes on with the machine that the one before left. */
import { pause, systemClock } from '../../src/clock.ts';
import type { BuiltBundle } from '../update/build-bundle.ts';
import type { Machine } from './machine.ts';
import { receiveByPin, waitForIdle } from './reception-by-pin.ts';
import { type Step, until } from './step.ts';
import { ask, grubenv, runningSlot, type VirtRun, waitForReader, waitForSystem } from './virt-run.ts';

const MINUTE_MS = 60_000;

function must(truth: boolean, otherwise: string): void {
  if (!truth) throw new Error(otherwise);
}

const boots: Step<VirtRun> = {
  name: 'the image boots, enrols and takes patients',
  boundMs: 20 * MINUTE_MS,
  async work(run) {
    const startedAt = systemClock.now();
    const machine = await run.start();
    const uptime = await waitForSystem(machine);
    const { version } = await waitForReader(machine);
    const seconds = Math.round((systemClock.now() - startedAt) / 1_000);
    const { output: failed } = await machine.run('systemctl --failed --no-legend --plain | cut -d" " -f1');
    must(failed === '', `units have failed: ${failed.replaceAll('\n', ', ')}`);
    return `version ${version} from slot ${await runningSlot(machine)}; system after ${uptime} s of kernel time, reader ${seconds} s after power-on`;
  },
};

const stands: Step<VirtRun> = {
  name: 'root is protected, data has grown, no port is open but the desk',
  boundMs: 5 * MINUTE_MS,
  async work(run) {
    const machine = run.machine();
    const { output: root } = await machine.run('awk \'$2 == "/" { print $3 }\' /proc/mounts');
    must(root.endsWith('overlay'), `the root is ${root}`);
    const { output: size } = await machine.run('df --output=size -BM /data | tail -1');
    must(Number.parseInt(size, 10) > 2_000, `the data partition has not grown: ${size}`);
    const { output: open } = await machine.run(OPEN_PORTS);
    must(open === '7413', `open to the network: ${open.replaceAll('\n', ', ')}`);
    const { output: token } = await machine.run('ls /data/site');
    must(!token.includes('enrolment-token'), 'the enrolment token is still there');
    return `overlay root, data ${size.trim()}, TCP ${open} alone, token gone`;
  },
};

/** TCP sockets that listen (state 0A) on anything but loopback, and every UDP socket but the DHCP client's. */
const OPEN_PORTS = `awk 'FNR > 1 && $4 == "0A" && $2 !~ /^0100007F/ && $2 !~ /^0{24}01000000/ { split($2, a, ":"); print strtonum("0x" a[2]) }' /proc/net/tcp /proc/net/tcp6 2>/dev/null \
  || /opt/node/bin/node -e '${'const fs = require("fs"); const open = ["tcp", "tcp6"].flatMap((f) => fs.readFileSync("/proc/net/" + f, "utf8").split("\\n").slice(1).map((l) => l.trim().split(/ +/)).filter((c) => c[3] === "0A" && !c[1].startsWith("0100007F") && !c[1].startsWith("00000000000000000000000001000000")).map((c) => parseInt(c[1].split(":")[1], 16))); console.log([...new Set(open)].join("\\n"))'}'`;

const reception: Step<VirtRun> = {
  name: 'a whole reception by PIN over USB serial',
  boundMs: 15 * MINUTE_MS,
  async work(run) {
    const machine = run.machine();
    await waitForIdle(machine, 5 * MINUTE_MS).catch(() => {});
    const startedAt = systemClock.now();
    const { screens, accepted } = await receiveByPin(machine, run.outside);
    must(accepted, `the reception ended otherwise: ${screens.join(', ')}`);
    const atGateway = run.outside.gateway.receptions().length;
    must(atGateway > 0, 'the gateway has seen no reception');
    return `${screens.join(' → ')}; ${Math.round((systemClock.now() - startedAt) / 1_000)} s`;
  },
};

const watchdog: Step<VirtRun> = {
  name: 'a hung runtime is restarted by the watchdog',
  boundMs: 10 * MINUTE_MS,
  async work(run) {
    const machine = run.machine();
    const pid = async () => (await machine.run('systemctl show -P MainPID kazasu.service')).output;
    const hung = await pid();
    const startedAt = systemClock.now();
    await machine.run(`kill -STOP ${hung}`);
    await until('it is not restarted', 5 * MINUTE_MS, async () => (![hung, '0', ''].includes(await pid()) ? true : undefined));
    const restarted = Math.round((systemClock.now() - startedAt) / 1_000);
    await waitForReader(machine, 5 * MINUTE_MS);
    return `another process after ${restarted} s, patients again after ${Math.round((systemClock.now() - startedAt) / 1_000)} s`;
  },
};

/** Fetched by the device's own certificate, then given to RAUC itself, past the agent and its own checks. */
const fetchBundle = (name: string) => `/opt/node/bin/node -e '
const [fs, https] = [require("fs"), require("https")];
const ca = JSON.parse(fs.readFileSync("/data/site/site.json", "utf8")).update.caPem;
const cert = fs.readFileSync("/data/kazasu/device-certificate.pem"), key = fs.readFileSync("/data/kazasu/device-key.pem");
https.get("https://localhost:7445/${name}", { ca, cert, key }, (r) => r.pipe(fs.createWriteStream("/data/update/test.raucb")));
'`;

function refused(what: string, name: string, reason: RegExp): Step<VirtRun> {
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

const goodUpdate: Step<VirtRun> = {
  name: 'a good update is fetched, installed, started and marked good',
  boundMs: 60 * MINUTE_MS,
  async work(run) {
    const machine = run.machine();
    const startedAt = systemClock.now();
    run.offer([now(run.bundles.good)]);
    await machine.run('systemctl restart kazasu-update');
    const { version } = await until('the new version does not run', 45 * MINUTE_MS, async () => {
      const reader = await waitForReader(machine, 10_000);
      return reader.version === run.bundles.good.version ? reader : undefined;
    });
    const seconds = Math.round((systemClock.now() - startedAt) / 1_000);
    const slots = await until('it is not marked good', 15 * MINUTE_MS, async () => {
      const found = await grubenv(machine);
      return /ORDER=B A/.test(found) && /B_OK=1/.test(found) && /B_TRY=0/.test(found) ? found : undefined;
    });
    return `${version} runs from slot ${await runningSlot(machine)} after ${seconds} s; ${slots}`;
  },
};

const cutInUpdate: Step<VirtRun> = {
  name: 'a power cut in mid-update ends in a running reader',
  boundMs: 40 * MINUTE_MS,
  async work(run) {
    const machine = run.machine();
    run.offer([now(run.bundles.good)]);
    await machine.run('systemctl restart kazasu-update');
    await until('no installation begins', 20 * MINUTE_MS, async () =>
      (await agentsWord(machine)).includes('update.installing') ? true : undefined,
    );
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

const slotPanics: Step<VirtRun> = {
  name: 'a slot that panics: three tries, then the running reader is back',
  boundMs: 45 * MINUTE_MS,
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
    await until('no panic', 10 * MINUTE_MS, async () => (panics > 0 ? true : undefined));
    await waitForSystem(machine, 15 * MINUTE_MS);
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

const slotFailsItself: Step<VirtRun> = {
  name: 'a slot whose self-test fails: never marked good, then the running reader is back',
  boundMs: 90 * MINUTE_MS,
  async work(run) {
    let machine = run.machine();
    const before = await runningSlot(machine);
    run.offer([now(run.bundles.failsItself)]);
    await machine.run('systemctl restart kazasu-update');
    const tries: string[] = [];
    for (;;) {
      await until('the other slot does not come up', 40 * MINUTE_MS, async () => {
        const reader = await waitForReader(machine, 10_000);
        return tries.length > 0 || reader.version === run.bundles.failsItself.version ? true : undefined;
      });
      if ((await runningSlot(machine)) === before) break;
      await until('the self-test passes or does not end', 15 * MINUTE_MS, async () =>
        (await agentsWord(machine)).includes('UPD-980') ? true : undefined,
      );
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

/** How many fit into a run that somebody waits for. */
const powerCuts = (cuts: number): Step<VirtRun> => ({
  name: `${cuts} power cuts during receptions lose nothing that was acknowledged`,
  boundMs: cuts * 15 * MINUTE_MS,
  async work(run) {
    let acknowledged = (await countRecords(run.machine())).accepted;
    for (let cut = 0; cut < cuts; cut++) {
      const machine = run.machine();
      const receiving = receiveByPin(machine, run.outside).catch(() => undefined);
      // Each cut falls on another moment of the reception.
      await Promise.race([receiving, pause(systemClock, 2_000 + 4_000 * cut)]);
      const done = await Promise.race([receiving, pause(systemClock, 0)]);
      if (done?.accepted) acknowledged++;
      run.outside.takeCard();
      const again = await run.start();
      await waitForSystem(again);
      await waitForReader(again);
      const { integrity, accepted } = await countRecords(again);
      must(integrity === 'ok', `integrity_check after cut ${cut + 1}: ${integrity}`);
      must(accepted >= acknowledged, `after cut ${cut + 1}: ${accepted} receptions are kept, ${acknowledged} were acknowledged`);
      acknowledged = accepted;
    }
    return `${cuts} cuts, ${acknowledged} receptions acknowledged and kept, integrity_check ok each time`;
  },
});

async function countRecords(machine: Machine): Promise<{ readonly integrity: string; readonly accepted: number }> {
  const { output } = await machine.run(`/opt/node/bin/node --disable-warning=ExperimentalWarning -e '
const { DatabaseSync } = require("node:sqlite");
const db = new DatabaseSync("/data/kazasu/records.sqlite", { readOnly: true });
const integrity = Object.values(db.prepare("pragma integrity_check").get())[0];
const accepted = db.prepare("select count(*) n from receptions").get().n;
console.log(JSON.stringify({ integrity, accepted }));'`);
  return JSON.parse(output);
}

const selfTest: Step<VirtRun> = {
  name: 'the self-test answers over the control socket',
  boundMs: 10 * MINUTE_MS,
  async work(run) {
    const { output } = await run.machine().run(ask('self-test'), 5 * MINUTE_MS);
    const { selfTest: report = {}, ...rest } = JSON.parse(output);
    const parts = (report.parts ?? rest.parts ?? []) as { part: string; ok: boolean; code?: string }[];
    const failing = parts.filter(({ ok }) => !ok).map(({ part, code }) => `${part} (${code})`);
    must(parts.length > 0, `no parts: ${output.slice(0, 200)}`);
    must(failing.length === 0, `failing: ${failing.join(', ')}`);
    return `${parts.length} parts passed`;
  },
};

export const virtSteps = (cuts: number): readonly Step<VirtRun>[] => [
  boots,
  stands,
  reception,
  refused('signed by a stranger', 'foreign.raucb', /signature/),
  refused('made for another machine', 'other-machine.raucb', /it is for kazasu-rpi4/),
  refused('changed after it was signed', 'tampered.raucb', /Input\/output error/),
  refused('older than what runs', 'older.raucb', /not newer/),
  slotPanics,
  watchdog,
  powerCuts(cuts),
  selfTest,
  cutInUpdate,
  goodUpdate,
  slotFailsItself,
];
