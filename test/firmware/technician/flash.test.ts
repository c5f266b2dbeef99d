import { spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, truncateSync, writeFileSync, writeSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readPartitions } from '../../../firmware/technician/partition-table.ts';
import { HEAD_BYTES } from '../../../firmware/technician/write-image.ts';
import { testKeys } from '../update/signed.ts';
import { MEGABYTE, openTechnicianBench, sha256, type TechnicianBench, tool, USED, untouched } from './technician-bench.ts';

let the: TechnicianBench;
beforeAll(async () => {
  the = await openTechnicianBench();
});
afterAll(() => the.close());

/** The command as a technician gives it. */
function flash(device: string, more: Readonly<Record<string, string>> = {}) {
  const words = { image: the.image, device, site: the.file('site.json'), ca: the.keys.ca, ...more };
  const args = Object.entries(words).flatMap(([name, value]) => [`--${name}`, value]);
  const run = spawnSync(process.execPath, ['firmware/main.ts', 'flash', ...args], { encoding: 'utf8' });
  return { status: run.status, said: run.stderr.trim().split('\n').at(-1), told: run.stdout };
}

describe('a card', () => {
  test('becomes a reader’s: the.image, site file and token, on sound file systems', async () => {
    const card = the.usedCard('card');
    expect(flash(card)).toEqual({
      status: 0,
      said: expect.stringContaining('reading back'),
      told: `${card} is reader KZ000042's: small.img, SHA-256 ${sha256(readFileSync(the.image))}\n`,
    });
    const [written, source] = [readFileSync(card), readFileSync(the.image)];
    expect(written.subarray(0, HEAD_BYTES).equals(source.subarray(0, HEAD_BYTES))).toBe(true);
    const partitions = await readPartitions(card);
    expect(partitions.map(({ name }) => name)).toEqual(['esp', 'rootfs-a', 'rootfs-b', 'data']);
    for (const { name, from, length } of partitions) writeFileSync(the.file(name), written.subarray(from, from + length));
    expect(tool('e2fsck', '-f', '-n', the.file('data'))).toMatchObject({ status: 0 });
    expect(tool('fsck.vfat', '-n', the.file('esp'))).toMatchObject({ status: 0 });
    expect(tool('unsquashfs', '-l', the.file('rootfs-b')).stdout).toContain('squashfs-root/random');
    const inData = (words: string) => tool('debugfs', '-R', words, the.file('data')).stdout;
    expect(inData('cat site/site.json')).toBe(readFileSync(the.file('site.json'), 'utf8'));
    expect(inData('cat site/enrolment-token')).toBe('one-time-0123456789\n');
    expect(JSON.parse(inData('cat site/image.json'))).toEqual({ name: 'small.img', sha256: sha256(source) });
    expect(inData('stat site/enrolment-token')).toMatch(/Mode: +0600/);
    expect(inData('stat site/site.json')).toMatch(/Mode: +0640/);
    // Nothing of whose card it was before is left where data will lie.
    expect(readFileSync(the.file('data')).includes(Buffer.alloc(4096, USED))).toBe(false);
  });

  test('that is too small is not written to', () => {
    const card = the.usedCard('small', the.imageSize - MEGABYTE);
    expect(flash(card)).toMatchObject({ status: 1, said: expect.stringMatching(/too small: .* GB, and the image needs .* GB/) });
    expect(untouched(card)).toBe(true);
  });

  test('that is not there, or is no disk', () => {
    expect(flash(the.file('none')).said).toContain('is not there. lsblk lists the disks');
    expect(flash('/dev/null').said).toBe('/dev/null is neither a disk nor a file.');
  });

  test('that is mounted is not written to', (context) => {
    if (process.getuid?.() !== 0) return context.skip('a file can only be mounted by root');
    const card = the.usedCard('mounted', the.imageSize);
    const data = the.file('to-mount');
    truncateSync(card, 0);
    truncateSync(card, the.imageSize);
    expect(tool('mke2fs', '-q', '-F', card)).toMatchObject({ status: 0 });
    mkdirSync(data);
    const loop = tool('losetup', '--find', '--show', card).stdout.trim();
    try {
      expect(tool('mount', loop, data)).toMatchObject({ status: 0 });
      try {
        expect(flash(loop).said).toBe(`${loop} is not written to: it is mounted at ${data}; unmount it first: umount ${data}.`);
      } finally {
        tool('umount', data);
      }
      expect(flash(loop).said).toBe(`${loop} is not written to: it is built into this PC: neither a card, nor on USB.`);
    } finally {
      tool('losetup', '--detach', loop);
    }
  });
});

describe('before the first byte is written', () => {
  test.each([
    ['a wrong field', { readerId: 'x' }, 'readerId: four to sixteen of A–Z and 0–9'],
    ['a field too many', { colour: 'blue' }, 'colour'],
    ['a missing field', { time: undefined }, 'time'],
  ])('%s in the site file is one message that names it', (name, wrong, reason) => {
    const card = the.usedCard('untouched');
    const path = the.file(`${name.replaceAll(' ', '-')}.json`);
    writeFileSync(path, JSON.stringify({ ...the.site, ...wrong }));
    expect(flash(card, { site: path })).toMatchObject({ status: 1, said: expect.stringContaining(reason), told: '' });
    expect(untouched(card)).toBe(true);
  });

  test('a missing token, or one that is none', () => {
    const card = the.usedCard('untouched');
    expect(flash(card, { token: the.file('none') }).said).toContain('is missing: the reader');
    writeFileSync(the.file('bad-token'), 'two words');
    expect(flash(card, { token: the.file('bad-token') }).said).toContain('a token is one line without spaces');
    expect(untouched(card)).toBe(true);
  });

  test('an image that another authority has signed', async () => {
    const card = the.usedCard('untouched');
    const theirs = await testKeys(the.file('theirs'));
    expect(flash(card, { ca: theirs.ca })).toMatchObject({ status: 1, said: expect.stringContaining('is not signed by whom') });
    expect(flash(card, { ca: the.file('none') }).status).toBe(1);
    expect(untouched(card)).toBe(true);
  });

  test('an image with one changed byte, and a block map with one', () => {
    const card = the.usedCard('untouched');
    const change = (path: string, at: number) => {
      const before = readFileSync(path);
      const target = openSync(path, 'r+');
      writeSync(target, Buffer.of((before[at] ?? 0) ^ 1), 0, 1, at);
      closeSync(target);
      return () => writeFileSync(path, before);
    };
    const mend = change(the.image, 6 * MEGABYTE);
    expect(flash(card).said).toBe(`${the.image} is damaged: it is not what was signed. Fetch it anew.`);
    mend();
    const mendMap = change(`${the.image}.bmap`, 200);
    expect(flash(card).said).toContain('.bmap is not what was signed');
    mendMap();
    expect(untouched(card)).toBe(true);
  });
});
