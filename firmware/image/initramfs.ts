/** The first files that the kernel sees: a static busybox, the modules of the disk and of the root, and `init`. */
import { chmodSync, copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { runTool } from './run-tool.ts';
import { own } from './workshop.ts';

/** Of both targets: virtio's disk, the Pi's card slot and USB disks, then what the root is made of. */
const MODULES = [
  ...['virtio_pci', 'virtio_blk'],
  ...[
    'gpio_raspberrypi_exp',
    'raspberrypi_cpufreq',
    'sdhci_iproc',
    'mmc_block',
    'reset_raspberrypi',
    'xhci_pci',
    'uas',
    'usb_storage',
    'sd_mod',
  ],
  ...['squashfs', 'overlay'],
];

export type InitramfsOptions = {
  readonly debian: string;
  readonly kernel: string;
  readonly release: string;
  /** A folder of its own, made anew. */
  readonly work: string;
  readonly to: string;
};

/** Writes a gzip-packed cpio; the same bytes whenever the same goes in. */
export async function makeInitramfs({ debian, kernel, release, work, to }: InitramfsOptions): Promise<void> {
  rmSync(work, { recursive: true, force: true });
  for (const folder of ['bin', 'modules', 'proc', 'sys', 'dev', 'run', 'lower', 'upper', 'root']) {
    mkdirSync(join(work, folder), { recursive: true });
  }
  copyFileSync(join(debian, 'usr/bin/busybox'), join(work, 'bin/busybox'));
  copyFileSync(join(own, 'initramfs/init'), join(work, 'init'));
  chmodSync(join(work, 'init'), 0o755);
  const paths = await modulePaths(kernel, release);
  for (const path of paths) writeFileSync(join(work, 'modules', plainName(path)), await unpackedModule(path));
  writeFileSync(join(work, 'modules.order'), paths.map((path) => `${plainName(path)}\n`).join(''));
  await runTool('sh', ['-c', PACK, 'sh', work, to]);
}

const PACK =
  'cd "$1" && find . -exec touch -hd @0 {} + && ' +
  'find . -print0 | LC_ALL=C sort -z | cpio --null --create --format=newc --reproducible --owner=0:0 --quiet | gzip -n -9 > "$2"';

/** In the order in which they can be loaded. What is built into the kernel needs no file. */
async function modulePaths(kernel: string, release: string): Promise<readonly string[]> {
  const args = ['--dirname', join(kernel, 'usr'), '--set-version', release, '--show-depends', '--all', ...MODULES];
  const printed = await runTool('modprobe', args);
  return [...new Set([...printed.matchAll(/^insmod (\S+)/gm)].map((match) => match[1] ?? ''))];
}

const plainName = (path: string) => basename(path).replace('.xz', '');

async function unpackedModule(path: string): Promise<Buffer> {
  if (!path.endsWith('.xz')) return readFileSync(path);
  const plain = `${path.slice(0, -'.xz'.length)}.plain`;
  await runTool('sh', ['-c', 'xz -dc "$1" > "$2"', 'sh', path, plain]);
  const bytes = readFileSync(plain);
  rmSync(plain);
  return bytes;
}
