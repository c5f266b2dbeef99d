import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { checkBoard } from '../../src/technician/checks/board.ts';
import { checkCertificates } from '../../src/technician/checks/certificates.ts';
import { checkClock } from '../../src/technician/checks/clock.ts';
import { checkDisk } from '../../src/technician/checks/disk.ts';
import { checkNetwork, networkFacts } from '../../src/technician/checks/network.ts';
import { checkPanel, checkServiceSwitch } from '../../src/technician/checks/panel.ts';
import { checkUpdateKeys } from '../../src/technician/checks/update-keys.ts';
import { makeCertificate } from './make-certificate.ts';
import { HeldPanel } from './service-panel.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kazasu-checks-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A file below the test's own folder, with the folders that lead there. */
function put(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

/** Mounts one for as long as `work` lasts; a machine on which the tests may not mount fails here, and says so. */
async function onTmpfs<T>(options: string, work: (place: string) => Promise<T>): Promise<T> {
  const place = join(folder, 'tmpfs');
  mkdirSync(place);
  execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', place]);
  try {
    return await work(place);
  } finally {
    execFileSync('umount', [place]);
  }
}

const never = new AbortController().signal;
const now = new Date('2026-11-22T09:00:00Z');

describe('the clock', () => {
  const facts = { now, builtAt: new Date('2026-10-01T00:00:00Z'), trust: 'synchronised', mustBeSynchronised: true } as const;

  test('is right', () => expect(checkClock(facts)).toEqual({ at: 'ok', found: '2026-11-22T09:00:00.000Z, synchronised' }));
  test('stands before the program was built', () =>
    expect(checkClock({ ...facts, now: new Date('1970-01-01T00:01:00Z') })).toMatchObject({ at: 'failed', code: 'UNIT-955' }));
  test('was never synchronised on a unit, which nobody asks of a PC', () => {
    expect(checkClock({ ...facts, trust: 'not-known' })).toMatchObject({ at: 'failed', code: 'UNIT-955' });
    expect(checkClock({ ...facts, trust: 'not-known', mustBeSynchronised: false })).toMatchObject({ at: 'ok' });
  });
});

describe('certificates', () => {
  const span = { from: new Date('2026-01-01'), to: new Date('2027-01-01') };

  test('tell the days that are left', async () => {
    const device = await makeCertificate('device', span);
    expect(checkCertificates([{ name: 'device', ...device }], now)).toEqual({ at: 'ok', found: 'device 39 days' });
  });

  test('fail each for its own reason, together', async () => {
    const [ended, early, mine, other] = await Promise.all([
      makeCertificate('ended', { ...span, to: new Date('2026-11-01') }),
      makeCertificate('early', { from: new Date('2026-12-01'), to: span.to }),
      makeCertificate('mine', span),
      makeCertificate('other', span),
    ]);
    const finding = checkCertificates(
      [
        { name: 'device', ...ended },
        { name: 'gateway CA', cert: early.cert },
        { name: 'desk', cert: mine.cert, key: other.key },
        { name: 'archive', cert: 'no certificate' },
        { name: 'good', ...mine },
      ],
      now,
    );
    expect(finding).toEqual({
      at: 'failed',
      code: 'UNIT-956',
      detail:
        'device: ended on 2026-11-01; gateway CA: begins only on 2026-12-01; desk: does not belong to its key; archive: cannot be read',
    });
  });
});

describe('the disk', () => {
  const unit = (mounts: string) => {
    put('proc/mounts', mounts);
    return { folder, readOnlyRoot: true, proc: join(folder, 'proc'), sys: join(folder, 'sys') };
  };
  const overlay = '/dev/vda3 /run/root ext4 ro 0 0\noverlay / overlay rw,lowerdir=/run/root 0 0\n/dev/vda5 /data ext4 rw 0 0\n';

  test('takes what is written and gives it back, and leaves nothing there', async () => {
    expect(await checkDisk(unit(overlay))).toMatchObject({ at: 'ok', found: expect.stringMatching(/^\d+ MiB free/) });
    expect(execFileSync('ls', ['-A', folder], { encoding: 'utf8' })).toBe('proc\n');
  });

  test('is full: a small file system in memory', async () => {
    const finding = await onTmpfs('size=2m', (small) => checkDisk({ folder: small, readOnlyRoot: false }));
    expect(finding).toMatchObject({
      at: 'failed',
      code: 'UNIT-957',
      detail: expect.stringMatching(/^\d MiB free of the 100 MiB/),
    });
  });

  test('cannot be written: a read-only file system', async () => {
    const finding = await onTmpfs('ro,size=200m', (frozen) => checkDisk({ folder: frozen, readOnlyRoot: false }));
    expect(finding).toMatchObject({ at: 'failed', code: 'UNIT-957', detail: expect.stringMatching(/EROFS$/) });
  });

  test('is not there', async () => {
    const finding = await checkDisk({ folder: join(folder, 'none'), readOnlyRoot: false });
    expect(finding).toMatchObject({ at: 'failed', detail: expect.stringMatching(/ENOENT$/) });
  });

  test('lets the root be written on a unit', async () => {
    const finding = await checkDisk(unit('/dev/vda3 / ext4 rw,relatime 0 0\n'));
    expect(finding).toMatchObject({ at: 'failed', code: 'UNIT-957', detail: 'the root can be written for good' });
    expect(await checkDisk(unit('/dev/vda3 / ext4 ro,relatime 0 0\n'))).toMatchObject({ at: 'ok' });
  });

  test('says that it is worn out, or that its file system met errors', async () => {
    const facts = unit(overlay);
    put('sys/block/mmcblk0/device/life_time', '0x03 0x02\n');
    put('sys/block/mmcblk0/device/pre_eol_info', '0x01\n');
    expect(await checkDisk(facts)).toMatchObject({ at: 'ok' });
    put('sys/block/mmcblk0/device/life_time', '0x03 0x0b\n');
    expect(await checkDisk(facts)).toMatchObject({ detail: 'mmcblk0 says that it is worn out' });
    put('sys/block/mmcblk0/device/life_time', '0x03 0x02\n');
    put('sys/fs/ext4/mmcblk0p5/errors_count', '2\n');
    expect(await checkDisk(facts)).toMatchObject({ detail: 'mmcblk0p5 has met 2 errors in its file system' });
  });
});

describe('the network', () => {
  const address = {
    address: '192.168.1.20',
    cidr: '192.168.1.20/24',
    internal: false,
    family: 'IPv4',
    mac: '',
    netmask: '',
  } as const;
  const loopback = { ...address, address: '127.0.0.1', cidr: '127.0.0.1/8', internal: true };
  const good = {
    interfaces: { lo: [loopback], end0: [address] },
    nameServers: ['192.168.1.1'],
    hasRoute: true,
    cables: [{ name: 'end0', plugged: true }],
  };

  test('is there', () =>
    expect(checkNetwork(good)).toEqual({ at: 'ok', found: 'end0 192.168.1.20/24; name server 192.168.1.1' }));

  test.each([
    [
      'no cable',
      { ...good, interfaces: { lo: [loopback] }, cables: [{ name: 'end0', plugged: false }] },
      'no cable is plugged in (end0)',
    ],
    ['no address', { ...good, interfaces: { lo: [loopback] } }, 'a cable is plugged in, but no address was given'],
    ['no way out', { ...good, hasRoute: false }, 'no way out'],
    ['no name server', { ...good, nameServers: [] }, 'no name server'],
  ])('%s', (_, facts, words) => {
    expect(checkNetwork(facts)).toMatchObject({ at: 'failed', code: 'UNIT-954', detail: expect.stringContaining(words) });
  });

  test('this machine’s own facts are read as they are', () => {
    const facts = networkFacts();
    expect(facts.cables.map(({ name }) => name)).not.toContain('lo');
    expect(Object.keys(facts.interfaces)).toContain('lo');
  });
});

describe('the update keys', () => {
  const span = { from: new Date('2026-01-01'), to: new Date('2036-01-01') };

  test('are named by whose they are, with the start of their fingerprint', async () => {
    put('keyring.pem', (await makeCertificate('Kazasu update CA', span)).cert);
    expect(checkUpdateKeys(join(folder, 'keyring.pem'), now)).toMatchObject({
      at: 'ok',
      found: expect.stringMatching(/^Kazasu update CA \([0-9a-f]{16}\)$/),
    });
  });

  test('that are for tests say so', async () => {
    put('keyring.pem', (await makeCertificate('Kazasu TEST update CA', span)).cert);
    expect(checkUpdateKeys(join(folder, 'keyring.pem'), now)).toMatchObject({ found: expect.stringContaining('TEST KEYS') });
  });

  test('are missing, are no keys, or have ended', async () => {
    expect(checkUpdateKeys(join(folder, 'none.pem'), now)).toMatchObject({
      code: 'UNIT-958',
      detail: expect.stringContaining('ENOENT'),
    });
    put('empty.pem', 'nothing');
    expect(checkUpdateKeys(join(folder, 'empty.pem'), now)).toMatchObject({ detail: expect.stringContaining('no certificate') });
    put('ended.pem', (await makeCertificate('old', { ...span, to: new Date('2026-02-01') })).cert);
    expect(checkUpdateKeys(join(folder, 'ended.pem'), now)).toMatchObject({ detail: expect.stringContaining('has ended') });
  });
});

describe('the board', () => {
  beforeEach(() => {
    put('sys/class/thermal/thermal_zone0/temp', '48250\n');
    put('proc/meminfo', 'MemTotal: 1900000 kB\nMemAvailable:  900000 kB\n');
    put('sys/class/hwmon/hwmon1/name', 'rpi_volt\n');
    put('sys/class/hwmon/hwmon1/in0_lcrit_alarm', '0\n');
  });

  test('is well', () => expect(checkBoard(folder)).toEqual({ at: 'ok', found: '48 °C, 878 MiB free' }));
  test.each([
    ['sys/class/thermal/thermal_zone0/temp', '91000\n', '91 °C: too hot'],
    ['proc/meminfo', 'MemAvailable: 40000 kB\n', '39 MiB of memory are left'],
    ['sys/class/hwmon/hwmon1/in0_lcrit_alarm', '1\n', 'the supply falls below 4.63 V'],
  ])('%s', (path, text, detail) => {
    put(path, text);
    expect(checkBoard(folder)).toEqual({ at: 'failed', code: 'UNIT-961', detail });
  });
  test('a board without a thermometer has none', () => {
    rmSync(join(folder, 'sys'), { recursive: true });
    expect(checkBoard(folder)).toMatchObject({ found: 'no thermometer, 878 MiB free' });
  });
});

describe('the panel', () => {
  test('tells its build; one that starts is waited for', async () => {
    const panel = new HeldPanel();
    panel.standing = { at: 'starting' };
    const looking = checkPanel(panel, never);
    panel.openCase(false);
    expect(await looking).toEqual({ at: 'ok', found: 'build 0123456789ab' });
    expect(panel.listeners).toBe(0);
  });

  test('is lost, or never starts', async () => {
    const panel = new HeldPanel();
    panel.stand({ at: 'lost', fault: { code: 'MOD-202', detail: 'no such device' } });
    expect(await checkPanel(panel, never)).toEqual({ at: 'failed', code: 'MOD-202', detail: 'no such device' });
    panel.stand({ at: 'starting' });
    expect(await checkPanel(panel, AbortSignal.abort())).toMatchObject({ code: 'UNIT-951' });
    expect(await checkServiceSwitch(panel, AbortSignal.abort())).toMatchObject({ code: 'UNIT-951' });
  });

  test('says that the case is open', async () => {
    const panel = new HeldPanel();
    expect(await checkServiceSwitch(panel, never)).toEqual({ at: 'ok', found: 'closed' });
    panel.openCase();
    expect(await checkServiceSwitch(panel, never)).toEqual({ at: 'failed', code: 'UNIT-953' });
  });
});

test('nothing is believed of a file that is full of noise', async () => {
  put('noise', randomBytes(4096).toString('latin1'));
  expect(checkUpdateKeys(join(folder, 'noise'), now)).toMatchObject({ at: 'failed' });
  expect(checkBoard(join(folder, 'noise'))).toMatchObject({ at: 'ok' });
});
