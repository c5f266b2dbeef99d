import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'kazasu-check-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the install-check inside of every bundle', () => {
  const script = readFileSync(join(import.meta.dirname, '../../../firmware/update/install-check.sh'), 'utf8');
  const check = (running: string, offered: string, hook = 'install-check', machine = 'kazasu-virt') => {
    const osRelease = join(folder, 'os-release');
    writeFileSync(osRelease, `ID=debian\nIMAGE_ID=kazasu-virt\nIMAGE_VERSION=${running}\n`);
    const run = spawnSync('sh', ['-c', script.replace('/etc/os-release', osRelease), 'hook', hook], {
      encoding: 'utf8',
      env: {
        PATH: process.env['PATH'],
        ...{ RAUC_SYSTEM_COMPATIBLE: 'kazasu-virt', RAUC_MF_COMPATIBLE: machine, RAUC_MF_VERSION: offered },
      },
    });
    return { status: run.status, reason: run.stderr.trim() };
  };

  test.each([
    ['1.2.3', '1.2.4'],
    ['1.2.9', '1.2.10'],
    ['1.9.9', '2.0.0'],
    ['"1.2.3"', '1.3.0'],
  ])('lets %s take %s', (running, offered) => {
    expect(check(running, offered)).toEqual({ status: 0, reason: '' });
  });

  test.each([
    ['1.2.3', '1.2.3', '1.2.3 is not newer than 1.2.3, which runs'],
    ['1.2.10', '1.2.9', '1.2.9 is not newer than 1.2.10, which runs'],
    ['2.0.0', '1.9.9', '1.9.9 is not newer than 2.0.0, which runs'],
    ['1.2.3', '1.2', '"1.2" is no version X.Y.Z'],
    ['', '1.2.3', '"" is no version X.Y.Z'],
  ])('refuses on %s the version %s', (running, offered, reason) => {
    expect(check(running, offered)).toEqual({ status: 10, reason });
  });

  test('refuses what is for another machine', () => {
    const reason = 'it is for kazasu-rpi4, this is kazasu-virt';
    expect(check('1.0.0', '1.1.0', 'install-check', 'kazasu-rpi4')).toEqual({ status: 10, reason });
  });

  test('has nothing to say to other hooks', () => {
    expect(check('2.0.0', '1.0.0', 'slot-post-install').status).toBe(0);
  });
});
