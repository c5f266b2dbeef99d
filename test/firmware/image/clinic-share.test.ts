import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { shareFstab } from '../../../firmware/image/on-unit/share-fstab.ts';
import { createShareMount } from '../../../firmware/image/on-unit/share-mount.ts';
import { runTool } from '../../../firmware/image/run-tool.ts';
import { systemClock } from '../../../src/clock.ts';
import type { Ended, RunProgram } from '../../../src/update/run-program.ts';

const place = { share: { host: 'pc', port: 445, folder: 'oqs/受付 1', user: 'kazasu' }, password: 'a\\b', address: '192.0.2.7' };

describe('what the kernel is told of a share', () => {
  const line = shareFstab({ ...place, folder: '/mnt' });

  test('is understood by Debian’s mount, with space and backslash as they were', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'kazasu-fstab-'));
    writeFileSync(join(folder, 'fstab'), line);
    const said = await runTool('findmnt', ['--tab-file', join(folder, 'fstab'), '--json']);
    const [{ source, fstype, options }] = JSON.parse(said).filesystems;
    expect({ source, fstype }).toEqual({ source: '//pc/oqs/受付 1', fstype: 'cifs' });
    expect(options.split(',')).toEqual(expect.arrayContaining(['password=a\\b', 'username=kazasu', 'ip=192.0.2.7', 'port=445']));
    rmSync(folder, { recursive: true });
  });

  test('is that it speaks SMB 3 encrypted, is the reader’s alone, runs nothing, and ends where the server is lost', () => {
    const options = line.split(' ')[2] === 'cifs' ? line.split(' ')[3]?.split(',') : [];
    expect(options).toEqual(
      expect.arrayContaining([
        ...['vers=3', 'seal', 'soft', 'nosuid', 'nodev', 'noexec', 'uid=900', 'gid=900', 'file_mode=0600', 'dir_mode=0700'],
      ]),
    );
  });
});

/** The kernel's part, as far as it can be seen from outside: whether it is mounted, and what it was asked with. */
function simulatedKernel(answer: Partial<Ended> = {}) {
  const calls: { readonly args: readonly string[]; readonly fstab: string; readonly mode: number }[] = [];
  let mounted = false;
  const run: RunProgram = async (program, args) => {
    if (program === 'stat') return { ok: true, output: mounted ? 'smb2\n' : 'tmpfs\n', lastLine: '' };
    if (program === 'umount') {
      if (!mounted) return { ok: false, output: '', lastLine: 'not mounted' };
      mounted = false;
      return { ok: true, output: '', lastLine: '' };
    }
    const file = args.at(-2) ?? '';
    calls.push({ args, fstab: readFileSync(file, 'utf8'), mode: statSync(file).mode & 0o777 });
    const ended = { ok: true, output: '', lastLine: '', ...answer };
    mounted = ended.ok;
    return ended;
  };
  return { run, calls, lose: () => (mounted = false) };
}

describe('the share on the unit', () => {
  const always = new AbortController().signal;
  let home: string;
  let server: Server;
  let port: number;
  beforeEach(async () => {
    home = mkdtempSync(join(tmpdir(), 'kazasu-share-'));
    writeFileSync(join(home, 'password'), 'geheim\n');
    server = createServer((socket) => socket.destroy());
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    port = (server.address() as { port: number }).port;
  });
  afterEach(async () => {
    await new Promise((closed) => server.close(closed));
    rmSync(home, { recursive: true });
  });

  const shareMount = (run: RunProgram, host = '127.0.0.1') =>
    createShareMount({
      ...{ share: { ...place.share, host, port }, run, clock: systemClock },
      ...{ passwordFile: join(home, 'password'), folder: join(home, 'share'), fstab: join(home, 'fstab') },
    });

  test('is mounted with its password in a file of root’s alone, which is gone afterwards', async () => {
    const kernel = simulatedKernel();
    const mount = shareMount(kernel.run);
    expect(await mount.mount(always)).toEqual({ at: 'mounted' });
    expect(kernel.calls[0]?.args.join(' ')).not.toContain('geheim');
    expect(kernel.calls[0]).toMatchObject({ mode: 0o600, fstab: expect.stringContaining('password=geheim') });
    expect(existsSync(join(home, 'fstab'))).toBe(false);
    expect(await mount.answers(always)).toBe(true);
  });

  test('leaves no folder behind: not when it is let go, not when it was refused', async () => {
    const mount = shareMount(simulatedKernel().run);
    await mount.mount(always);
    expect(existsSync(join(home, 'share'))).toBe(true);
    await mount.unmount();
    expect(existsSync(join(home, 'share'))).toBe(false);
    await mount.unmount();
    const refused = simulatedKernel({
      ok: false,
      output: 'mount: permission denied.\n  dmesg(1) may know more\n',
      lastLine: 'dmesg(1) may know more',
    });
    expect(await shareMount(refused.run).mount(always)).toEqual({ at: 'refused', reason: 'mount: permission denied.' });
    expect(existsSync(join(home, 'share'))).toBe(false);
    expect(existsSync(join(home, 'fstab'))).toBe(false);
  });

  test('that is not mounted does not answer, though its folder does', async () => {
    const kernel = simulatedKernel();
    const mount = shareMount(kernel.run);
    await mount.mount(always);
    kernel.lose();
    expect(await mount.answers(always)).toBe(false);
  });

  test('is away while nobody listens, and while its name is unknown: the kernel is not even asked', async () => {
    const kernel = simulatedKernel();
    const nobody = { host: '127.0.0.1', port: 1 };
    const mount = createShareMount({
      ...{ share: { ...place.share, ...nobody }, run: kernel.run, clock: systemClock },
      ...{ passwordFile: join(home, 'password'), folder: join(home, 'share'), fstab: join(home, 'fstab') },
    });
    expect(await mount.mount(always)).toEqual({ at: 'away', reason: '127.0.0.1 does not answer (ECONNREFUSED)' });
    expect(await shareMount(kernel.run, 'no-such-computer.invalid').mount(always)).toMatchObject({ at: 'away' });
    expect(kernel.calls).toEqual([]);
  });

  test('without its password is refused before anybody is asked', async () => {
    rmSync(join(home, 'password'));
    const kernel = simulatedKernel();
    expect(await shareMount(kernel.run).mount(always)).toMatchObject({
      at: 'refused',
      reason: expect.stringContaining('ENOENT'),
    });
    expect(kernel.calls).toEqual([]);
  });

  test.runIf(process.getuid?.() === 0)('cannot be written beside: its folder, before it is mounted, is root’s', async () => {
    let written: number | null = -1;
    const mount = shareMount(async () => {
      const script = `require('node:fs').writeFileSync(${JSON.stringify(join(home, 'share', 'result.xml'))}, 'x')`;
      execFileSync('chmod', ['0711', home]);
      written = spawnSync(process.execPath, ['-e', script], { uid: 65_534, gid: 65_534 }).status;
      return { ok: false, output: 'no', lastLine: '' };
    });
    await mount.mount(always);
    expect(written).toBe(1);
  });
});

test('the reader can make nothing where the share is to be', () => {
  const folders = readFileSync('firmware/image/rootfs/usr/lib/tmpfiles.d/kazasu.conf', 'utf8');
  expect(folders).toMatch(/^d \/run\/kazasu-clinic 0750 root kazasu -$/m);
  expect(folders).toMatch(/^z \/data\/site\/clinic-share-password 0600 root root -$/m);
});
