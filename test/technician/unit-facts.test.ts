import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { machineFacts } from '../../src/technician/unit-facts.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'kazasu-facts-'));
});
afterEach(() => rmSync(root, { recursive: true }));

function put(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

test('a unit tells its board, image, slot and the image that was flashed', () => {
  put('proc/device-tree/model', 'Raspberry Pi 4 Model B Rev 1.5\0');
  put('proc/device-tree/serial-number', '10000000abcdef01\0');
  put('etc/os-release', 'PRETTY_NAME="Debian GNU/Linux 13 (trixie)"\nIMAGE_ID=kazasu-rpi4\nIMAGE_VERSION=1.2.0\n');
  put('proc/cmdline', 'console=tty1 root=PARTLABEL=rootfs-b rauc.slot=B quiet\n');
  put('data/site/image.json', `{"name":"kazasu-rpi4-1.2.0.img","sha256":"${'ab'.repeat(32)}"}\n`);
  expect(machineFacts(root)).toEqual({
    board: 'Raspberry Pi 4 Model B Rev 1.5',
    serialNumber: '10000000abcdef01',
    image: 'kazasu-rpi4 1.2.0',
    imageSha256: `${'ab'.repeat(32)} (kazasu-rpi4-1.2.0.img)`,
    slot: 'B',
  });
});

test('what is not there, or is no hash, is not claimed', () => {
  expect(machineFacts(root)).toEqual({});
  for (const note of ['{}', 'noise', '{"name":"x","sha256":"12"}', `{"name":"x","sha256":"${'ab'.repeat(32)}","more":1}`]) {
    put('data/site/image.json', note);
    expect(machineFacts(root)).toEqual({});
  }
});

test('a PC tells what Debian it is', () => {
  put('etc/os-release', 'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\n');
  put('sys/class/dmi/id/product_name', 'OptiPlex\n');
  expect(machineFacts(root)).toEqual({ image: 'Debian GNU/Linux 12 (bookworm)', board: 'OptiPlex' });
});
