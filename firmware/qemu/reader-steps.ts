/** What an emulated reader shows of itself: it comes up, stands closed, receives, is restarted, and tests itself. */
import { systemClock } from '../../src/clock.ts';
import { receiveByPin, waitForIdle } from './reception-by-pin.ts';
import { MINUTE_MS, must, type Step, until } from './step.ts';
import { ask, runningSlot, type VirtRun, waitForReader, waitForSystem } from './virt-run.ts';

export const boots: Step<VirtRun> = {
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

export const stands: Step<VirtRun> = {
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

export const reception: Step<VirtRun> = {
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

export const watchdog: Step<VirtRun> = {
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

export const selfTest: Step<VirtRun> = {
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
