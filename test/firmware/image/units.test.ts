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

const EXPOSED: Readonly<Record<string, number>> = {
  // Runs for a moment as root, and does nothing but restart the unit.
  'kazasu-reboot.service': 10,
  // What it mounts is for others to see: it cannot have a view of its own on the file system.
  'kazasu-share.service': 4.1,
};

test.each(services)('%s is exposed by 2.5 at most, or as its comment says', (file) => {
  expect(exposure(file)).toBeLessThanOrEqual(EXPOSED[basename(file)] ?? 2.5);
});

test('the share’s service keeps the root’s view of the file system, and one capability', () => {
  const unit = readFileSync('firmware/image/rootfs/etc/systemd/system/kazasu-share.service', 'utf8');
  expect(unit).toContain('\nCapabilityBoundingSet=CAP_SYS_ADMIN\n');
  // Each of these gives a service a mount namespace, and what is mounted in there the reader never sees.
  expect(unit).not.toMatch(
    /^(Protect(System|Home|KernelTunables|KernelModules|KernelLogs|ControlGroups|Proc)|Private|ReadWritePaths)/m,
  );
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
