import { execFileSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { expect, test } from 'vitest';

const services = globSync('firmware/image/rootfs/etc/systemd/system/*.service');

/** What `systemd-analyze security` says of a unit, 0 to 10. It works on files: nothing need run. */
function exposure(file: string): number {
  const printed = execFileSync('systemd-analyze', ['security', '--offline=true', '--no-pager', file], { encoding: 'utf8' });
  return Number(/Overall exposure level for .*: ([\d.]+)/.exec(printed)?.[1]);
}

/** Runs for a moment as root, and does nothing but restart the unit. */
const MOMENTS = ['kazasu-reboot.service'];

test.each(services.filter((file) => !MOMENTS.includes(basename(file))))('%s is exposed by 2.5 at most', (file) => {
  expect(exposure(file)).toBeLessThanOrEqual(2.5);
});

test('the reader keeps no memory image, is watched, and is ended with all its children', () => {
  const unit = readFileSync('firmware/image/rootfs/etc/systemd/system/kazasu.service', 'utf8');
  for (const line of ['Type=notify', 'NotifyAccess=all', 'LimitCORE=0', 'KillMode=control-group', 'User=kazasu']) {
    expect(unit).toContain(`\n${line}\n`);
  }
  const watchdog = Number(/^WatchdogSec=(\d+)$/m.exec(unit)?.[1]);
  expect(watchdog).toBeGreaterThanOrEqual(30);
  expect(watchdog).toBeLessThanOrEqual(90);
});

test('nothing of the image for tests lies among the files of every image', () => {
  const files = globSync('firmware/image/rootfs/**', { withFileTypes: true }).filter((entry) => entry.isFile());
  expect(files.length).toBeGreaterThan(10);
  expect(files.filter(({ name }) => name.includes('virt'))).toEqual([]);
  expect(globSync('firmware/image/rootfs-rpi4/**/*{virt,hand}*')).toEqual([]);
});

test('no key and no password is among the files of any image', () => {
  const files = globSync('firmware/image/{rootfs,rootfs-virt,rootfs-rpi4,board}/**', { withFileTypes: true });
  for (const entry of files.filter((one) => one.isFile())) {
    const text = readFileSync(`${entry.parentPath}/${entry.name}`, 'utf8');
    expect(text, entry.name).not.toMatch(/PRIVATE KEY|^[^#\n]*\$[156y]\$/m);
  }
});
