/**
 * Debian arm64 as a folder: files are unpacked by this PC's own tools, and only the packages' own scripts run under
 * emulation. All under emulation took more than four times as long.
 */
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { debPath } from './fetch-packages.ts';
import { Mistake } from './mistake.ts';
import type { LockedPackage } from './package-lock.ts';
import { runTool } from './run-tool.ts';
import { workshop } from './workshop.ts';

/** Nobody reads them on a reader. */
const UNREAD = ['man', 'doc', 'locale', 'info', 'lintian', 'bug'];
const EMULATION = '/proc/sys/fs/binfmt_misc/qemu-aarch64';

/** Unpacks and configures the packages in workshop.debian. */
export async function makeDebianTree(packages: readonly LockedPackage[]): Promise<void> {
  const tree = workshop.debian;
  const debs = packages.filter(({ use }) => use === 'installed').map(debPath);
  await registerEmulation();
  rmSync(tree, { recursive: true, force: true });
  prepareMergedUsr(tree);
  const excludes = UNREAD.map((name) => `--exclude=./usr/share/${name}/*`);
  for (const deb of debs) await runTool('sh', ['-c', UNPACK, 'sh', deb, tree, ...excludes]);
  prepareDpkg(tree);
  const without = UNREAD.map((name) => `--path-exclude=/usr/share/${name}/*`);
  const forced = ['--force-depends', '--force-architecture', '--force-unsafe-io'];
  await runTool('dpkg', [`--root=${tree}`, ...forced, ...without, '--unpack', ...debs]);
  await configure(tree);
  await runTool('systemd-hwdb', [`--root=${tree}`, 'update']);
  refuseUnconfigured(tree);
}

/** Files first, so that every tool is there before any package's script runs: dpkg alone would run some without. */
const UNPACK = 'deb=$1; tree=$2; shift 2; dpkg-deb --fsys-tarfile "$deb" | tar -x -C "$tree" --keep-directory-symlink "$@"';

function prepareMergedUsr(tree: string): void {
  for (const folder of ['bin', 'sbin', 'lib']) {
    mkdirSync(join(tree, 'usr', folder), { recursive: true });
    symlinkSync(`usr/${folder}`, join(tree, folder));
  }
}

function prepareDpkg(tree: string): void {
  for (const folder of ['info', 'updates', 'triggers']) mkdirSync(join(tree, 'var/lib/dpkg', folder), { recursive: true });
  mkdirSync(join(tree, 'etc/dpkg/dpkg.cfg.d'), { recursive: true });
  for (const file of ['status', 'available']) writeFileSync(join(tree, 'var/lib/dpkg', file), '');
  writeFileSync(join(tree, 'var/lib/dpkg/arch-native'), 'arm64\n');
  writeFileSync(join(tree, 'etc/dpkg/dpkg.cfg.d/unread'), UNREAD.map((name) => `path-exclude=/usr/share/${name}/*\n`).join(''));
  // 101: forbidden. No service is to be started in a folder.
  writeFileSync(join(tree, 'usr/sbin/policy-rc.d'), '#!/bin/sh\nexit 101\n', { mode: 0o755 });
}

/** In a mount namespace of its own: whatever ends this, nothing stays mounted. */
async function configure(tree: string): Promise<void> {
  const script =
    'mount -t proc proc "$1/proc" && mount --rbind /dev "$1/dev" && exec chroot "$1" dpkg --force-unsafe-io --configure -a';
  // The hardware database takes minutes when it is made under emulation.
  const env = { DEBIAN_FRONTEND: 'noninteractive', SYSTEMD_HWDB_UPDATE_BYPASS: '1' };
  await runTool('unshare', ['--mount', '--propagation', 'private', 'sh', '-c', script, 'sh', tree], { env });
  rmSync(join(tree, 'usr/sbin/policy-rc.d'));
}

/** dpkg's own list: a package is there when its line says so. */
function refuseUnconfigured(tree: string): void {
  const status = readFileSync(join(tree, 'var/lib/dpkg/status'), 'utf8');
  const packages = [...status.matchAll(/^Package: (.*)\nStatus: (.*)$/gm)];
  const unfinished = packages.flatMap(([, name, state]) => (state === 'install ok installed' ? [] : [`${name} (${state})`]));
  if (packages.length === 0 || unfinished.length > 0) throw new Mistake(`Packages are not configured: ${unfinished.join(', ')}`);
}

/** Tells the kernel what runs arm64 programs. A PC started with systemd has it from Debian's package already. */
async function registerEmulation(): Promise<void> {
  if (process.arch === 'arm64' || existsSync(EMULATION)) return;
  const rule = '/usr/lib/binfmt.d/qemu-aarch64.conf';
  if (!existsSync(rule))
    throw new Mistake('arm64 programs cannot run on this PC. Install what does it: apt install qemu-user-static');
  const mounted = 'test -e /proc/sys/fs/binfmt_misc/register || mount -t binfmt_misc binfmt_misc /proc/sys/fs/binfmt_misc';
  await runTool('sh', ['-c', `${mounted}; tr -d '\\n' < ${rule} > /proc/sys/fs/binfmt_misc/register`]);
}

/** Kernel and modules, unpacked and with the modules' list of who needs whom. @returns the kernel's release */
export async function makeKernelTree(packages: readonly LockedPackage[]): Promise<void> {
  await unpackInto(workshop.kernel, packages, 'kernel');
  await runTool('depmod', ['-b', join(workshop.kernel, 'usr'), kernelRelease(packages)]);
}

export const makeBoardTree = (packages: readonly LockedPackage[]): Promise<void> => unpackInto(workshop.board, packages, 'board');

async function unpackInto(tree: string, packages: readonly LockedPackage[], use: LockedPackage['use']): Promise<void> {
  rmSync(tree, { recursive: true, force: true });
  for (const one of packages.filter((each) => each.use === use)) await runTool('dpkg-deb', ['-x', debPath(one), tree]);
}

export function kernelRelease(packages: readonly LockedPackage[]): string {
  const kernel = packages.find(({ use }) => use === 'kernel');
  if (!kernel) throw new Mistake('packages.lock.json names no kernel.');
  return kernel.name.replace('linux-image-', '');
}
