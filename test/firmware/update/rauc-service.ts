/**
 * RAUC's own service with two slots and GRUB's environment, all of it files, on a bus of its own. Bundles are `plain`
 * here: `verity`, which units insist on, needs device-mapper, and is tried in the virtual machine.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { emptyGrubenv } from '../../../firmware/image/grubenv.ts';
import { runTool } from '../../../firmware/image/run-tool.ts';
import type { KeyFiles } from '../../../firmware/update/make-keys.ts';
import { tinyRootfs } from './signed.ts';

const SLOT_BYTES = 1024 * 1024;

/** @returns why it cannot run here */
export function whyNoService(): string | undefined {
  if (process.getuid?.() !== 0) return 'RAUC mounts bundles, which only root may';
  if (!readFileSync('/proc/filesystems', 'latin1').includes('squashfs')) return 'this kernel knows no squashfs';
  const missing = ['rauc', 'dbus-daemon', 'grub-editenv'].find((one) => spawnSync(one, ['--version']).error !== undefined);
  return missing === undefined ? undefined : `${missing} is not installed`;
}

const systemConf = (folder: string, ca: string) => `[system]
compatible=kazasu-virt
bootloader=grub
grubenv=${folder}/grubenv
mountprefix=${folder}/mount
data-directory=${folder}/data
bundle-formats=plain

[keyring]
path=${ca}

[slot.rootfs.0]
device=${folder}/slot-a
type=raw
bootname=A

[slot.rootfs.1]
device=${folder}/slot-b
type=raw
bootname=B
`;

/** The service as it runs on a unit that has started from slot A. `rauc` is the client's path, for `createRauc`. */
export async function openRaucService(folder: string, keys: KeyFiles, version: string) {
  for (const name of ['mount', 'data']) mkdirSync(join(folder, name), { recursive: true });
  for (const slot of ['slot-a', 'slot-b']) writeFileSync(join(folder, slot), Buffer.alloc(SLOT_BYTES));
  writeFileSync(join(folder, 'grubenv'), emptyGrubenv());
  writeFileSync(join(folder, 'system.conf'), systemConf(folder, keys.ca));
  writeFileSync(join(folder, 'os-release'), `IMAGE_ID=kazasu-virt\nIMAGE_VERSION=${version}\n`);
  const conf = ['--conf', join(folder, 'system.conf')];
  const bus = spawn('dbus-daemon', ['--session', '--nofork', '--print-address=1'], { stdio: ['ignore', 'pipe', 'ignore'] });
  const address = await new Promise<string>((resolve) => {
    bus.stdout?.setEncoding('utf8').once('data', (text: string) => resolve(text.trim()));
  });
  // How RAUC's own tests let it run beside the system's bus.
  const env = {
    ...process.env,
    DBUS_STARTER_BUS_TYPE: 'session',
    DBUS_STARTER_ADDRESS: address,
    DBUS_SESSION_BUS_ADDRESS: address,
  };
  const service = spawn('rauc', [...conf, 'service', '--override-boot-slot=A'], { env, stdio: 'ignore' });
  const rauc = join(folder, 'rauc');
  const exports = Object.entries({ DBUS_STARTER_BUS_TYPE: 'session', DBUS_SESSION_BUS_ADDRESS: address });
  const lines = exports.map(([name, value]) => `export ${name}='${value}'\n`).join('');
  writeFileSync(rauc, `#!/bin/sh\n${lines}exec rauc ${conf.join(' ')} "$@"\n`);
  chmodSync(rauc, 0o755);
  return {
    rauc,
    answers: () => spawnSync(rauc, ['status']).status === 0,
    slot: (name: 'a' | 'b') => readFileSync(join(folder, `slot-${name}`)),
    grubenv: () =>
      spawnSync('grub-editenv', [join(folder, 'grubenv'), 'list'], { encoding: 'utf8' })
        .stdout.trim()
        .split('\n'),
    setGrubenv: (...words: string[]) => spawnSync('grub-editenv', [join(folder, 'grubenv'), 'set', ...words]),
    bundle: (wish: { version: string; compatible: string }) => plainBundle(folder, keys, wish),
    async close() {
      for (const child of [service, bus]) await ended(child);
    },
  };
}

/** With the very check that every bundle has, reading this unit's release. */
async function plainBundle(folder: string, keys: KeyFiles, { version, compatible }: { version: string; compatible: string }) {
  const content = join(folder, `content-${compatible}-${version}`);
  mkdirSync(content);
  copyFileSync(await tinyRootfs(folder), join(content, 'rootfs.img'));
  const check = readFileSync('firmware/update/install-check.sh', 'utf8').replace('/etc/os-release', join(folder, 'os-release'));
  writeFileSync(join(content, 'install-check.sh'), check, { mode: 0o755 });
  const manifest = [
    `[update]\ncompatible=${compatible}\nversion=${version}\n[bundle]\nformat=plain`,
    '[hooks]\nfilename=install-check.sh\nhooks=install-check\n[image.rootfs]\nfilename=rootfs.img\n',
  ];
  writeFileSync(join(content, 'manifest.raucm'), manifest.join('\n'));
  const path = `${content}.raucb`;
  await runTool('rauc', ['bundle', '--cert', keys.signer, '--key', keys.signerKey, content, path]);
  return { path, rootfs: readFileSync(join(content, 'rootfs.img')) };
}

function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGTERM');
  });
}
