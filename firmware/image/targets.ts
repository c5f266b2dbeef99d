/** The machines that an image is made for. One rootfs and one GRUB configuration serve both; a target adds its own files. */
export type TargetName = 'virt' | 'rpi4';

export type Target = {
  readonly name: TargetName;
  /** What an update must be made for, in RAUC's word. */
  readonly compatible: string;
  /** What the kernel is told besides what every target is. */
  readonly kernelArguments: string;
  /** Sizes of the partitions; the data partition grows to the end of the disk at first boot. */
  readonly sizes: { readonly esp: string; readonly slot: string; readonly data: string };
  /** Named in the manifest, since no unit for a clinic may hold it. */
  readonly testHand: boolean;
};

export const targets: Readonly<Record<TargetName, Target>> = {
  /** QEMU's `virt` board: the same system, with a hand inside that the tests lead. Never for a clinic. */
  virt: {
    name: 'virt',
    compatible: 'kazasu-virt',
    kernelArguments: 'console=ttyAMA0',
    sizes: { esp: '64M', slot: '1536M', data: '256M' },
    testHand: true,
  },
  /** Raspberry Pi 4: U-Boot gives UEFI to the same GRUB. Never booted on hardware so far. */
  rpi4: {
    name: 'rpi4',
    compatible: 'kazasu-rpi4',
    kernelArguments: 'console=tty0 quiet',
    sizes: { esp: '256M', slot: '2560M', data: '256M' },
    testHand: false,
  },
};
