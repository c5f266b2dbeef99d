import { describe, expect, test } from 'vitest';
import { type BlockDevice, refusal } from '../../../firmware/technician/disk.ts';

describe('a disk is refused', () => {
  const card: BlockDevice = {
    path: '/dev/sdb',
    type: 'disk',
    rm: true,
    hotplug: true,
    ro: false,
    size: 32e9,
    model: 'Card Reader',
    mountpoints: [null],
  };
  const part = (mountpoint: string | null): BlockDevice => ({
    ...card,
    path: '/dev/sdb1',
    type: 'part',
    mountpoints: [mountpoint],
  });

  test('a card on USB is not', () => {
    expect(refusal(card, 6e9)).toBeUndefined();
    expect(refusal({ ...card, children: [part(null)] }, 6e9)).toBeUndefined();
  });

  test.each<[string, BlockDevice]>([
    [
      "holds this PC's own system (/boot/efi, /)",
      { ...card, rm: false, hotplug: false, children: [part('/boot/efi'), part('/')] },
    ],
    ["holds this PC's own system ([SWAP])", { ...card, children: [part('[SWAP]')] }],
    [
      'is mounted at /media/card; unmount it first',
      { ...card, children: [part(null), { ...part(null), children: [part('/media/card')] }] },
    ],
    ['is a partition; name the whole disk', part(null)],
    ['is built into this PC', { ...card, rm: false, hotplug: false }],
    ['is write-protected', { ...card, ro: true }],
    ['is empty', { ...card, size: 0 }],
    ['is too small: 4.0 GB, and the image needs 6.0 GB', { ...card, size: 4e9 }],
  ])('that %s', (reason, device) => {
    expect(refusal(device, 6e9)).toContain(reason.replace(/^is /, ''));
  });
});
