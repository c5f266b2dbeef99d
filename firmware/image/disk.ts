/** The disk: an EFI partition with GRUB, two slots, data. */
import { chmodSync, chownSync, copyFileSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { emptyGrubenv } from './grubenv.ts';
import { runTool } from './run-tool.ts';
import type { Target } from './targets.ts';
import { own, workshop } from './workshop.ts';

export type DiskOptions = {
  readonly target: Target;
  readonly slot: string;
  /** A folder of its own, made anew. */
  readonly work: string;
  readonly to: string;
};

/** GPT partition types: systemd-repart tells the data partition by its own. */
const TYPE = { esp: 'U', slot: 'B921B045-1DF0-41C3-AF44-4C6F280D3FAE', data: 'L' } as const;

export async function makeDisk({ target, slot, work, to }: DiskOptions): Promise<void> {
  rmSync(work, { recursive: true, force: true });
  for (const folder of ['input', 'root', 'tmp']) mkdirSync(join(work, folder), { recursive: true });
  await makeEsp(target, join(work, 'esp'), join(work, 'input/esp.img'));
  await makeData(target, join(work, 'data'), join(work, 'input/data.img'));
  writeFileSync(join(work, 'genimage.cfg'), genimageConfiguration(target, slot));
  const folders = ['--inputpath', join(work, 'input'), '--rootpath', join(work, 'root'), '--tmppath', join(work, 'tmp')];
  await runTool('genimage', ['--config', join(work, 'genimage.cfg'), ...folders, '--outputpath', join(work, 'output')]);
  rmSync(to, { force: true });
  await runTool('mv', [join(work, 'output/disk.img'), to]);
  rmSync(work, { recursive: true, force: true });
}

/** Both slots hold the same at first: the second is what the first falls back to before any update. */
const genimageConfiguration = ({ sizes }: Target, slot: string) => `image disk.img {
  hdimage {
    partition-table-type = "gpt"
    align = "1M"
  }
  partition esp {
    image = "esp.img"
    partition-type-uuid = "${TYPE.esp}"
  }
  partition rootfs-a {
    image = "${slot}"
    partition-type-uuid = "${TYPE.slot}"
    size = ${sizes.slot}
  }
  partition rootfs-b {
    image = "${slot}"
    partition-type-uuid = "${TYPE.slot}"
    size = ${sizes.slot}
  }
  partition data {
    image = "data.img"
    partition-type-uuid = "${TYPE.data}"
  }
}
`;

/** GRUB as Debian builds it looks for EFI/debian/grub.cfg; the removable medium's path makes any UEFI find GRUB. */
async function makeEsp(target: Target, folder: string, to: string): Promise<void> {
  for (const path of ['EFI/BOOT', 'EFI/debian']) mkdirSync(join(folder, path), { recursive: true });
  copyFileSync(join(workshop.debian, 'usr/lib/grub/arm64-efi/monolithic/grubaa64.efi'), join(folder, 'EFI/BOOT/BOOTAA64.EFI'));
  const grub = readFileSync(join(own, 'grub/grub.cfg'), 'utf8');
  writeFileSync(join(folder, 'EFI/debian/grub.cfg'), grub.replace('@KERNEL_ARGUMENTS@', target.kernelArguments));
  writeFileSync(join(folder, 'EFI/debian/grubenv'), emptyGrubenv());
  if (target.name === 'rpi4') copyBoardFiles(folder);
  rmSync(to, { force: true });
  await runTool('truncate', ['-s', target.sizes.esp, to]);
  await runTool('mkfs.vfat', ['-n', 'KAZASU', '-i', '4b415a41', to]);
  await runTool('sh', ['-c', 'cd "$1" && mcopy -s -m -i "$2" ./* ::', 'sh', folder, to]);
}

/** The Pi's own firmware starts U-Boot, which gives UEFI to GRUB and hands the device tree on. */
function copyBoardFiles(esp: string): void {
  const firmware = join(workshop.board, 'usr/lib/raspi-firmware');
  for (const file of ['start4.elf', 'fixup4.dat']) copyFileSync(join(firmware, file), join(esp, file));
  copyFileSync(join(workshop.board, 'usr/lib/u-boot/rpi_4/u-boot.bin'), join(esp, 'u-boot.bin'));
  copyFileSync(join(own, 'board/config.txt'), join(esp, 'config.txt'));
  const [tree = ''] = globSync('usr/lib/linux-image-*/broadcom/bcm2711-rpi-4-b.dtb', { cwd: workshop.kernel });
  copyFileSync(join(workshop.kernel, tree), join(esp, 'bcm2711-rpi-4-b.dtb'));
}

/** Owners as rootfs/usr/lib/sysusers.d names them; tmpfiles.d puts right what a later version wants otherwise. */
const DATA_FOLDERS: readonly (readonly [path: string, mode: number, owner: number, group: number])[] = [
  ['kazasu', 0o700, 900, 900],
  ['site', 0o770, 0, 900],
  ['update', 0o700, 902, 902],
  ['rauc', 0o700, 0, 0],
  ['journal', 0o755, 0, 0],
  ['timesync', 0o755, 0, 0],
];

async function makeData({ sizes }: Target, folder: string, to: string): Promise<void> {
  for (const [name, mode, owner, group] of DATA_FOLDERS) {
    const path = join(folder, name);
    mkdirSync(path, { recursive: true });
    chownSync(path, owner, group);
    chmodSync(path, mode);
  }
  rmSync(to, { force: true });
  // Blocks of 4 KiB as on a large disk, and room in its tables to grow to 128 GiB at the first start.
  await runTool('mke2fs', [
    '-q',
    '-t',
    'ext4',
    '-b',
    '4096',
    '-L',
    'data',
    '-E',
    'resize=33554432',
    '-d',
    folder,
    to,
    sizes.data,
  ]);
}
