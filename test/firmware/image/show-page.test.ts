import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, expect, test } from 'vitest';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

/** The real launcher; in place of the compositor a program that writes down how it was called. */
function show(cage: string) {
  const home = mkdtempSync(join(tmpdir(), 'kazasu-show-'));
  folders.push(home);
  writeFileSync(
    join(home, 'cage'),
    `#!/bin/bash\nprintf '%s\\n' "$@" > ${home}/called.part\nmv ${home}/called.part ${home}/called\n${cage}\n`,
    { mode: 0o755 },
  );
  const child = spawn(resolve('firmware/image/rootfs/usr/lib/kazasu/show-page'), {
    env: { HOME: home, PATH: `${home}:${process.env['PATH']}` },
    // Its own process group, as a service has its own: what it leaves is ended with it.
    detached: true,
  });
  const ended = new Promise<number | null>((done) => child.on('exit', done));
  const called = async () => {
    await expect.poll(() => existsSync(join(home, 'called')), { timeout: 20_000 }).toBe(true);
    return readFileSync(join(home, 'called'), 'utf8').trim().split('\n');
  };
  const end = () => process.kill(-(child.pid ?? 0), 'SIGKILL');
  return { home, child, called, ended, end };
}

test('the flags reach Chromium as they were handed over, but the profile lies in the screen’s own folder', async () => {
  const { home, child, called, end } = show('sleep 60');
  child.stdin.write('--kiosk\n--user-data-dir=/elsewhere/profile\n--app=http://127.0.0.1:7410/boot/x?page=y\n\n');
  const words = await called();
  expect(words.slice(0, 3)).toEqual(['--', '/usr/bin/chromium', '--ozone-platform=wayland']);
  expect(words.slice(3)).toEqual(['--kiosk', `--user-data-dir=${home}/profile`, '--app=http://127.0.0.1:7410/boot/x?page=y']);
  end();
});

test('the screen ends when the reader closes the connection', async () => {
  const { child, called, ended, end } = show('sleep 60');
  child.stdin.write('--kiosk\n\n');
  await called();
  child.stdin.end();
  await ended;
  end();
});

test('the connection ends when the screen does', async () => {
  const { child, ended } = show('exit 3');
  child.stdin.write('--kiosk\n\n');
  expect(await ended).toBe(3);
});

test('without a word nothing is shown', async () => {
  const { child, home, ended } = show('sleep 60');
  child.stdin.end();
  expect(await ended).toBe(1);
  expect(existsSync(join(home, 'called'))).toBe(false);
});
