/**
 * The unit's real screen on an emulated board: Chromium in cage, where every other step has a program that speaks the
 * page's protocol. It starts a machine with a graphics card, on the disk that the steps before left.
 */
import { statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { pause, systemClock } from '../../src/clock.ts';
import { root } from '../image/workshop.ts';
import type { Machine } from './machine.ts';
import { MINUTE_MS, must, type Step, until } from './step.ts';
import { type VirtRun, waitForReader, waitForSystem } from './virt-run.ts';

/**
 * Takes away what stands in Chromium's place (rootfs-virt). The emulated board has no graphics processor: cage and Chromium
 * draw by themselves, and are told so, since finding out takes them a minute of its time.
 */
const REAL_SCREEN = `
rm "/etc/systemd/system/kazasu-kiosk@.service.d/virt.conf"
mkdir -p "/run/systemd/system/kazasu-kiosk@.service.d"
printf '[Service]\\nEnvironment=WLR_RENDERER=pixman\\n' > "/run/systemd/system/kazasu-kiosk@.service.d/no-gpu.conf"
echo 'export CHROMIUM_FLAGS="$CHROMIUM_FLAGS --disable-gpu"' > /etc/chromium.d/no-gpu
systemctl daemon-reload
systemctl stop "kazasu-kiosk@*"`;

/** The reader's last word about its screen: it is there once the page has painted what it was told to. */
const LAST_WORD = 'journalctl -b -u kazasu -o cat --no-pager | grep "^The screen is" | tail -1';
const RENDERER = 'pgrep -u kazasu-kiosk -f type=renderer';
const LOSSES = 'journalctl -b -u kazasu -o cat --no-pager | grep -c "^The screen is lost"';

/** An empty screen with a pointer on it takes 3 kB as PNG. */
const DRAWN_BYTES = 12_000;

/** What has changed is on the screen by then: a second of the board's own time, on a PC that is far slower. */
const PAINTED_MS = 20_000;

export const screen: Step<VirtRun> = {
  name: 'Chromium in cage shows the idle screen',
  boundMs: 60 * MINUTE_MS,
  async work(run) {
    const startedAt = systemClock.now();
    const machine = await run.start({ screen: true });
    await waitForSystem(machine);
    await machine.run(REAL_SCREEN);
    await until('the page is not shown', 40 * MINUTE_MS, async () => ((await shows(machine)) ? true : undefined));
    const seconds = Math.round((systemClock.now() - startedAt) / 1_000);
    const { output: uptime } = await machine.run('cut -d. -f1 /proc/uptime');
    await waitForReader(machine);
    await pause(systemClock, PAINTED_MS);
    const { output: losses } = await machine.run(LOSSES);
    const picture = join(root, 'firmware/reports', `${new Date().toISOString().slice(0, 10)}-virt-screen.png`);
    await machine.tell('screendump', { filename: picture, format: 'png' });
    must(statSync(picture).size > DRAWN_BYTES, `nothing is drawn on it: ${relative(root, picture)}`);
    return `${relative(root, picture)}; ${uptime} s of kernel time, ${seconds} s after power-on, ${losses} attempts before`;
  },
};

async function shows(machine: Machine): Promise<boolean> {
  const { output: word } = await machine.run(LAST_WORD);
  const { status } = await machine.run(RENDERER);
  return word === 'The screen is there.' && status === 0;
}
