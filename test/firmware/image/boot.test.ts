import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { emptyGrubenv } from '../../../firmware/image/grubenv.ts';
import { targets } from '../../../firmware/image/targets.ts';

const folder = mkdtempSync(join(tmpdir(), 'kazasu-boot-'));
afterAll(() => rmSync(folder, { recursive: true }));

test.each(Object.values(targets))('GRUB understands its configuration for $name', ({ kernelArguments }) => {
  const file = join(folder, 'grub.cfg');
  const text = readFileSync('firmware/image/grub/grub.cfg', 'utf8');
  writeFileSync(file, text.replace('@KERNEL_ARGUMENTS@', kernelArguments));
  execFileSync('grub-script-check', [file], { stdio: 'pipe' });
  expect(readFileSync(file, 'utf8')).not.toMatch(/@[A-Z_]+@/);
});

test('GRUB reads the environment that an image begins with: both slots whole, no try spent', () => {
  const file = join(folder, 'grubenv');
  writeFileSync(file, emptyGrubenv());
  const listed = execFileSync('grub-editenv', [file, 'list'], { encoding: 'utf8' });
  expect(listed.trim().split('\n')).toEqual(['ORDER=A B', 'A_OK=1', 'A_TRY=0', 'B_OK=1', 'B_TRY=0']);
  expect(readFileSync(file)).toHaveLength(1024);
});

test('the initramfs is a shell script that busybox understands', () => {
  execFileSync('sh', ['-n', 'firmware/image/initramfs/init'], { stdio: 'pipe' });
});
