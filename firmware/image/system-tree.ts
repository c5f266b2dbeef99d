/** The whole system of one target as a folder: Debian, kernel, product, and this folder's own files over them. */
import {
  appendFileSync,
  chmodSync,
  copyFileSync,
  existsSync,
  globSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { checkTree } from './check-tree.ts';
import { Mistake } from './mistake.ts';
import { setProductVersion } from './project-tree.ts';
import { runTool } from './run-tool.ts';
import type { Target } from './targets.ts';
import { setUnits } from './units.ts';
import { own, workshop } from './workshop.ts';

/** Left over by packages: caches, logs, backups, and what names this very machine. */
const LEFT_OVER = [
  ...['var/cache/apt/*', 'var/cache/debconf/*-old', 'var/lib/apt/lists/*', 'var/lib/dpkg/*-old', 'var/log/**/*.log'],
  ...['etc/*-', 'etc/machine-id', 'var/lib/dbus/machine-id', 'var/lib/systemd/random-seed', 'etc/motd', 'etc/issue*'],
  ...['usr/share/{man,doc,info,lintian,bug}', 'var/cache/ldconfig/aux-cache', 'boot/grub', 'etc/resolv.conf', 'etc/mtab'],
  // Installers of the boot loader; what starts is on the ESP.
  ...['usr/lib/grub/arm64-efi', 'usr/lib/grub/arm64-efi-signed'],
];

/** Drivers of hardware that no reader has, above all of radio, which needs an approval; the rest a technician may plug in. */
const UNUSED_DRIVERS = [
  'drivers/net/wireless',
  'drivers/bluetooth',
  'drivers/infiniband',
  'drivers/media/pci',
  'drivers/gpu/drm/amd',
  'drivers/gpu/drm/nouveau',
];

export type SystemTreeOptions = {
  readonly target: Target;
  readonly version: string;
  readonly release: string;
  readonly initramfs: string;
  /** The certificate that updates must be signed under. */
  readonly updateCa: string;
  readonly to: string;
};

export async function makeSystemTree({ target, version, release, initramfs, updateCa, to }: SystemTreeOptions): Promise<void> {
  if (!existsSync(updateCa)) {
    throw new Mistake(
      `${updateCa}: no update CA. Make test keys: npm run -s firmware -- update-keys --test --to DIR, then --update-ca DIR/….pem`,
    );
  }
  rmSync(to, { recursive: true, force: true });
  await runTool('cp', ['-a', '--reflink=auto', workshop.debian, to]);
  for (const path of globSync(LEFT_OVER, { cwd: to })) rmSync(join(to, path), { recursive: true, force: true });
  await copyKernel(to, release, initramfs);
  await runTool('cp', ['-a', join(workshop.project, 'opt'), to]);
  for (const folder of ['rootfs', `rootfs-${target.name}`])
    await runTool('cp', ['-aT', '--remove-destination', join(own, folder), to]);
  await runTool('chown', ['-R', '0:0', join(to, 'opt'), join(to, 'etc/systemd'), join(to, 'usr/lib/kazasu')]);
  if (target.testHand) await runTool('cp', ['-a', join(own, 'virt-hand'), join(to, 'opt/kazasu/firmware/image')]);
  writeGenerated(to, target, version);
  copyFileSync(updateCa, join(to, 'etc/rauc/keyring.pem'));
  setUnits(to, target);
  await addUsers(to);
  await checkTree(to);
}

async function copyKernel(tree: string, release: string, initramfs: string): Promise<void> {
  const modules = join(tree, 'usr/lib/modules');
  mkdirSync(modules, { recursive: true });
  mkdirSync(join(tree, 'boot/efi'), { recursive: true });
  await runTool('cp', ['-a', join(workshop.kernel, 'usr/lib/modules', release), modules]);
  for (const path of UNUSED_DRIVERS) rmSync(join(modules, release, 'kernel', path), { recursive: true, force: true });
  await runTool('depmod', ['-b', tree, release]);
  copyFileSync(join(workshop.kernel, `boot/vmlinuz-${release}`), join(tree, 'boot/vmlinuz'));
  copyFileSync(initramfs, join(tree, 'boot/initrd.img'));
}

function writeGenerated(tree: string, target: Target, version: string): void {
  setProductVersion(tree, version);
  for (const folder of ['data', 'etc/rauc', 'var/log/journal', 'var/lib/systemd/timesync'])
    mkdirSync(join(tree, folder), { recursive: true });
  // os-release(5): what the update agent, and each bundle's own check, take for the version that runs.
  appendFileSync(join(tree, 'usr/lib/os-release'), `IMAGE_ID=${target.compatible}\nIMAGE_VERSION=${version}\n`);
  writeFileSync(join(tree, 'etc/rauc/system.conf'), raucConfiguration(target, version));
  writeFileSync(join(tree, 'etc/machine-id'), '');
  symlinkSync('../run/systemd/resolve/resolv.conf', join(tree, 'etc/resolv.conf'));
  symlinkSync('../proc/self/mounts', join(tree, 'etc/mtab'));
  const browser = 'firmware/image/on-unit/kiosk-browser.ts';
  symlinkSync(`/opt/kazasu/${browser}`, join(tree, 'usr/lib/kazasu/kiosk-browser'));
  for (const path of [`opt/kazasu/${browser}`, 'usr/lib/kazasu/show-page']) chmodSync(join(tree, path), 0o755);
}

/** system.conf(5) of RAUC. `raw`: a slot's file system comes in the bundle, and is never written by the unit. */
const raucConfiguration = ({ compatible }: Target, version: string) => `[system]
compatible=${compatible}
# Besides the check in each bundle: RAUC's own word against older ones, should a bundle come without its check.
min-bundle-version=${version}
bootloader=grub
grubenv=/boot/efi/EFI/debian/grubenv
bundle-formats=verity
data-directory=/data/rauc
activate-installed=true

[keyring]
path=/etc/rauc/keyring.pem

[slot.rootfs.0]
device=/dev/disk/by-partlabel/rootfs-a
type=raw
bootname=A

[slot.rootfs.1]
device=/dev/disk/by-partlabel/rootfs-b
type=raw
bootname=B
`;

/** This product's own users. No account has a password, root's neither: `!*` matches none. */
async function addUsers(tree: string): Promise<void> {
  await runTool('systemd-sysusers', [`--root=${tree}`, 'kazasu.conf']);
  const users = readFileSync(join(tree, 'etc/passwd'), 'utf8');
  if (!/^kazasu:x:900:900:/m.test(users))
    throw new Error('systemd-sysusers has not made the users of usr/lib/sysusers.d/kazasu.conf');
  await runTool('sed', ['-i', '-E', 's/^([^:]*):[^:]*:/\\1:!*:/', join(tree, 'etc/shadow')]);
}
