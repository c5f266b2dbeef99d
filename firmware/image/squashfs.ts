/** A slot: the whole system as one read-only file system. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { runTool } from './run-tool.ts';

export type SquashfsOptions = {
  readonly tree: string;
  readonly to: string;
  /** Seconds since 1970 that every file is dated, so that the same tree gives the same bytes. */
  readonly date: number;
  /** What is left out of the tree. */
  readonly without?: readonly string[];
  /** Files of the tree in whose place another file goes in. */
  readonly replaced?: readonly { readonly path: string; readonly by: string }[];
};

/**
 * LZO: of what mksquashfs can, GRUB reads gzip, LZO and XZ, and it takes kernel and initramfs out of here; LZO unpacks
 * several times faster than the others, which a start is made of.
 */
export async function makeSquashfs({ tree, to, date, without = [], replaced = [] }: SquashfsOptions): Promise<void> {
  rmSync(to, { force: true });
  const fixed = ['-all-time', `${date}`, '-mkfs-time', `${date}`, '-no-xattrs', '-no-progress', '-quiet'];
  const instead = replaced.flatMap(({ path, by }) => ['-p', `${path} f 644 0 0 cat ${by}`]);
  const left = [...without, ...replaced.map(({ path }) => path)].map((path) => join(tree, path));
  const excluded = left.length > 0 ? ['-e', ...left] : [];
  await runTool('mksquashfs', [
    tree,
    to,
    '-comp',
    'lzo',
    '-Xalgorithm',
    'lzo1x_1_15',
    '-b',
    '128K',
    '-processors',
    '2',
    ...fixed,
    ...instead,
    ...excluded,
  ]);
}
