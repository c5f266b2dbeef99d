/** What GRUB and RAUC keep of the slots, over power cuts: the unit's own script on files, looked at by GRUB's own tool. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { emptyGrubenv, isWholeGrubenv } from '../../../firmware/image/grubenv.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kazasu-grubenv-'));
  writeFileSync(join(folder, 'cmdline'), 'BOOT_IMAGE=/boot/vmlinuz rauc.slot=B panic=5\n');
});
afterEach(() => rmSync(folder, { recursive: true }));

const block = () => join(folder, 'grubenv');
const spare = () => join(folder, 'grubenv.spare');
const textOf = (path: string) => readFileSync(path, 'latin1');
const listed = (path: string) =>
  execFileSync('grub-editenv', [path, 'list'], { encoding: 'utf8', stdio: 'pipe' }).trim().split('\n');
const set = (path: string, ...words: string[]) => execFileSync('grub-editenv', [path, 'set', ...words], { stdio: 'pipe' });

/** As the unit does at each start. @returns what it says */
function keep(): string {
  const words = ['firmware/image/on-unit/keep-grubenv.ts', block(), join(folder, 'cmdline')];
  const run = spawnSync(process.execPath, words, { encoding: 'utf8' });
  expect(run.status).toBe(0);
  return run.stderr;
}

test('each start notes how things stand, and leaves a whole block as it is', () => {
  writeFileSync(block(), emptyGrubenv());
  expect(keep()).toBe('');
  set(block(), 'ORDER=B A', 'B_TRY=2');
  const before = textOf(block());
  expect(keep()).toBe('');
  expect([textOf(block()), textOf(spare())]).toEqual([before, before]);
  expect(listed(spare())).toEqual(['ORDER=B A', 'A_OK=1', 'A_TRY=0', 'B_OK=1', 'B_TRY=2']);
});

describe('a block that a power cut has damaged', () => {
  const damages: [string, () => void][] = [
    ['emptied', () => truncateSync(block(), 0)],
    ['cut off', () => truncateSync(block(), 700)],
    ['filled with zeros', () => writeFileSync(block(), Buffer.alloc(1024))],
    ['gone', () => rmSync(block())],
    ['whole, with nothing in it', () => writeFileSync(block(), '# GRUB Environment Block\n'.padEnd(1024, '#'))],
  ];

  test.each(damages)('(%s) comes back from the spare, in which GRUB has gone on counting', (_, damage) => {
    writeFileSync(block(), emptyGrubenv());
    set(block(), 'ORDER=B A', 'B_TRY=1');
    keep();
    damage();
    set(spare(), 'B_TRY=2');
    expect(keep()).toContain('is written anew from its spare');
    expect(listed(block())).toEqual(['ORDER=B A', 'A_OK=1', 'A_TRY=0', 'B_OK=1', 'B_TRY=2']);
    expect(textOf(spare())).toBe(textOf(block()));
  });

  test.each(damages)('(%s) and has no spare begins anew with the slot that runs', (_, damage) => {
    writeFileSync(block(), emptyGrubenv());
    damage();
    expect(keep()).toContain('is written anew.');
    for (const path of [block(), spare()]) {
      expect(listed(path)).toEqual(['ORDER=B A', 'A_OK=1', 'A_TRY=0', 'B_OK=1', 'B_TRY=0']);
    }
  });
});

test.each([0, 25, 512, 1000])('a power cut after %i bytes of what is written here leaves one of the two whole', (length) => {
  const [old, next] = [emptyGrubenv('A B'), emptyGrubenv('B A').replace('B_TRY=0', 'B_TRY=3')];
  writeFileSync(block(), next);
  writeFileSync(spare(), next.slice(0, length) + old.slice(length));
  keep();
  expect(textOf(spare())).toBe(next);
  writeFileSync(block(), next.slice(0, length));
  keep();
  expect(textOf(block())).toBe(next);
});

test('GRUB reads what counts as whole', () => {
  writeFileSync(block(), emptyGrubenv('B A'));
  expect(isWholeGrubenv(textOf(block()))).toBe(true);
  expect(listed(block())[0]).toBe('ORDER=B A');
  expect(existsSync(spare())).toBe(false);
});
