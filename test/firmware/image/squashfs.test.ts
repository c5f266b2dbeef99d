import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { makeSquashfs } from '../../../firmware/image/squashfs.ts';

const folder = mkdtempSync(join(tmpdir(), 'kazasu-squashfs-'));
afterAll(() => rmSync(folder, { recursive: true }));

const tree = join(folder, 'tree');
mkdirSync(join(tree, 'etc'), { recursive: true });
mkdirSync(join(tree, 'big'));
writeFileSync(join(tree, 'etc/version'), '1.0.0\n');
writeFileSync(join(tree, 'big/file'), Buffer.alloc(300_000, 'x'));
const date = 1_700_000_000;

test('a slot is the same bytes when it is built twice from one tree, whatever the files’ own times', async () => {
  const [first, second] = [join(folder, 'first'), join(folder, 'second')];
  await makeSquashfs({ tree, to: first, date });
  utimesSync(join(tree, 'etc/version'), 1, 1);
  await makeSquashfs({ tree, to: second, date });
  expect(readFileSync(second).equals(readFileSync(first))).toBe(true);
});

test('a file can be left out and another put in its place, without touching the tree', async () => {
  const [to, by] = [join(folder, 'changed'), join(folder, 'by')];
  writeFileSync(by, '1.1.0\n');
  await makeSquashfs({ tree, to, date, without: ['big'], replaced: [{ path: 'etc/version', by }] });
  const listed = execFileSync('unsquashfs', ['-lc', to], { encoding: 'utf8' });
  expect(listed).not.toContain('/big');
  expect(execFileSync('unsquashfs', ['-cat', to, 'etc/version'], { encoding: 'utf8' })).toBe('1.1.0\n');
  expect(readFileSync(join(tree, 'etc/version'), 'utf8')).toBe('1.0.0\n');
});
