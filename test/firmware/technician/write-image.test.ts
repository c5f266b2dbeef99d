import { closeSync, mkdirSync, openSync, readFileSync, truncateSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findDisk } from '../../../firmware/technician/disk.ts';
import { readPartitions } from '../../../firmware/technician/partition-table.ts';
import { addSiteFiles, readSiteFiles } from '../../../firmware/technician/site-files.ts';
import { HEAD_BYTES, type Writing, writeImage } from '../../../firmware/technician/write-image.ts';
import { MEGABYTE, openTechnicianBench, sha256, type TechnicianBench, tool } from './technician-bench.ts';

let the: TechnicianBench;
beforeAll(async () => {
  the = await openTechnicianBench();
});
afterAll(() => the.close());

describe('a card that is not finished does not start', () => {
  async function writing(card: string, more: Partial<Writing> = {}): Promise<Writing> {
    const disk = await findDisk(card, the.imageSize);
    const never = new AbortController().signal;
    const whole = { image: the.image, disk, extents: [{ from: 0, length: the.imageSize }], signal: never };
    return { ...whole, onBytes: () => {}, addFiles: async () => {}, ...more };
  }
  const startsNot = (card: string) =>
    readFileSync(card)
      .subarray(0, HEAD_BYTES)
      .every((byte) => byte === 0);

  test('written whole, it is the image', async () => {
    const card = the.usedCard('whole');
    await writeImage(await writing(card));
    expect(sha256(readFileSync(card).subarray(0, the.imageSize))).toBe(sha256(readFileSync(the.image)));
  });

  test.each(['writing', 'reading back'] as const)('stopped while %s', async (when) => {
    const card = the.usedCard('stopped');
    const stop = new AbortController();
    const onBytes = (at: string) => at === when && stop.abort();
    await expect(writeImage(await writing(card, { onBytes, signal: stop.signal }))).rejects.toThrow(
      'holds no system: it was stopped. It does not start as it is; flash it again.',
    );
    expect(startsNot(card)).toBe(true);
  });

  test('when it reads otherwise than it was written', async () => {
    const card = the.usedCard('broken');
    let spoilt = false;
    const onBytes = (at: string) => {
      if (at !== 'reading back' || spoilt) return;
      const target = openSync(card, 'r+');
      writeSync(target, 'spoilt', the.imageSize - MEGABYTE);
      closeSync(target);
      spoilt = true;
    };
    await expect(writeImage(await writing(card, { onBytes }))).rejects.toThrow('reads otherwise than it was written');
    expect(startsNot(card)).toBe(true);
  });

  test('when it fails in the middle: no room behind what it says it has', async (context) => {
    if (process.getuid?.() !== 0) return context.skip('a small disk can only be mounted by root');
    const place = the.file('full');
    mkdirSync(place);
    expect(tool('mount', '-t', 'tmpfs', '-o', 'size=5m', 'tmpfs', place)).toMatchObject({ status: 0 });
    try {
      const card = join(place, 'card');
      writeFileSync(card, '');
      truncateSync(card, the.imageSize);
      await expect(writeImage(await writing(card))).rejects.toThrow(/holds no system: ENOSPC/);
      expect(startsNot(card)).toBe(true);
    } finally {
      tool('umount', place);
    }
  });

  test('when site file and token cannot be added', async () => {
    const card = the.usedCard('no-files');
    const addFiles = () => Promise.reject(Object.assign(new Error('no debugfs'), { code: 'ENOENT' }));
    await expect(writeImage(await writing(card, { addFiles }))).rejects.toThrow('holds no system: no debugfs');
    expect(startsNot(card)).toBe(true);
  });
});

describe('a block device of the kernel', () => {
  /** @returns undefined where only root may */
  function loopOver(card: string) {
    if (process.getuid?.() !== 0) return undefined;
    const path = tool('losetup', '--find', '--show', card).stdout.trim();
    return { path, detach: () => tool('losetup', '--detach', path) };
  }
  const whole = (path: string): Writing => ({
    image: the.image,
    disk: { kind: 'disk', path, name: 'a loop', size: the.imageSize },
    extents: [{ from: 0, length: the.imageSize }],
    onBytes: () => {},
    addFiles: async () => {},
    signal: new AbortController().signal,
  });

  test('is written, read back past the cache, and given its files', async (context) => {
    const card = the.usedCard('block');
    const loop = loopOver(card);
    if (loop === undefined) return context.skip('a loop device can only be made by root');
    try {
      const files = await readSiteFiles(the.file('site.json'));
      const data = (await readPartitions(the.image)).find(({ name }) => name === 'data') ?? { from: 0, length: 0 };
      await writeImage({
        ...whole(loop.path),
        addFiles: () => addSiteFiles(loop.path, data, files, { name: 'kazasu.img', sha256: '0'.repeat(64) }),
      });
    } finally {
      loop.detach();
    }
    const { from, length } = (await readPartitions(card)).find(({ name }) => name === 'data') ?? { from: 0, length: 0 };
    writeFileSync(the.file('block-data'), readFileSync(card).subarray(from, from + length));
    expect(tool('e2fsck', '-f', '-n', the.file('block-data'))).toMatchObject({ status: 0 });
    expect(tool('debugfs', '-R', 'cat site/enrolment-token', the.file('block-data')).stdout).toBe('one-time-0123456789\n');
  });

  test('that comes into use after all has been looked at is not opened', async (context) => {
    const card = the.file('in-use');
    writeFileSync(card, '');
    truncateSync(card, the.imageSize);
    expect(tool('mke2fs', '-q', '-F', card)).toMatchObject({ status: 0 });
    const loop = loopOver(card);
    if (loop === undefined) return context.skip('a loop device can only be made by root');
    const place = the.file('in-use-at');
    mkdirSync(place);
    try {
      expect(tool('mount', loop.path, place)).toMatchObject({ status: 0 });
      await expect(writeImage(whole(loop.path))).rejects.toThrow(`${loop.path} cannot be opened (EBUSY); nothing was written`);
    } finally {
      tool('umount', place);
      loop.detach();
    }
    expect(tool('e2fsck', '-f', '-n', card)).toMatchObject({ status: 0 });
  });
});
