/** Which of systemd's units start by themselves, and which never do. */
import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Target } from './targets.ts';

const enabled: Readonly<Record<string, string>> = {
  'kazasu-site.service': 'multi-user.target',
  'kazasu-grubenv.service': 'multi-user.target',
  'kazasu.service': 'multi-user.target',
  'kazasu-share.service': 'multi-user.target',
  'kazasu-update.service': 'multi-user.target',
  'kazasu-reboot.path': 'multi-user.target',
  'kazasu-kiosk.socket': 'sockets.target',
  'systemd-networkd.service': 'multi-user.target',
};

/** By reason. */
const masked: readonly string[] = [
  // Nobody logs in: there is no console to take over.
  ...['getty.target', 'getty@.service', 'serial-getty@.service', 'console-getty.service', 'container-getty@.service'],
  ...['autovt@.service', 'debug-shell.service', 'ctrl-alt-del.target', 'systemd-ask-password-wall.path'],
  // Made when the image is built. At a start they took so long under emulation that the disk's wait ran out.
  ...['systemd-hwdb-update.service', 'ldconfig.service', 'systemd-journal-catalog-update.service', 'systemd-update-done.service'],
  ...['systemd-firstboot.service', 'systemd-sysusers.service'],
  // A slot is marked good by the update agent, after the reader's own self-test.
  'rauc-mark-good.service',
  // Of a Debian that maintains itself.
  ...['apt-daily.timer', 'apt-daily-upgrade.timer', 'dpkg-db-backup.timer', 'e2scrub_all.timer', 'e2scrub_reap.service'],
  ...['grub-common.service', 'systemd-networkd-wait-online.service', 'systemd-pstore.service', 'systemd-tpm2-setup.service'],
  ...['systemd-tpm2-setup-early.service', 'systemd-rfkill.service', 'systemd-rfkill.socket', 'systemd-machine-id-commit.service'],
];

/** Of the target that tests lead. */
const onlyVirt: Readonly<Record<string, string>> = {
  'kazasu-virt-hand.service': 'multi-user.target',
  'kazasu-virt-gateway.socket': 'sockets.target',
  'kazasu-virt-enrolment.socket': 'sockets.target',
  'kazasu-virt-releases.socket': 'sockets.target',
};

export function setUnits(tree: string, target: Target): void {
  const wants = { ...enabled, ...(target.testHand ? onlyVirt : {}) };
  for (const [unit, by] of Object.entries(wants)) {
    const own = join(tree, 'etc/systemd/system', `${by}.wants`, unit);
    link(own, unit === 'systemd-networkd.service' ? `/usr/lib/systemd/system/${unit}` : `../${unit}`);
  }
  for (const unit of masked) link(join(tree, 'etc/systemd/system', unit), '/dev/null');
}

function link(path: string, to: string): void {
  mkdirSync(dirname(path), { recursive: true });
  rmSync(path, { force: true });
  symlinkSync(to, path);
}
