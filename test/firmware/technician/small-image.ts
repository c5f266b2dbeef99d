/** A unit's image in small: the partitions, file systems and papers of a real one, made by the same tools. */
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runTool } from '../../../firmware/image/run-tool.ts';
import type { KeyFiles } from '../../../firmware/update/make-keys.ts';
import { signFiles } from '../../../firmware/update/signed-sums.ts';
import { tinyRootfs } from '../update/signed.ts';

const GENIMAGE = `image small.img {
  hdimage { partition-table-type = "gpt" align = "1M" }
  partition esp { image = "esp.img" }
  partition rootfs-a { image = "rootfs.squashfs" size = 2M }
  partition rootfs-b { image = "rootfs.squashfs" size = 2M }
  partition data { image = "data.img" }
}
`;

/** @returns the image's path; block map, hashes and signature lie beside it */
export async function smallImage(folder: string, keys: KeyFiles): Promise<string> {
  const input = join(folder, 'input');
  for (const name of ['input', 'root', 'tmp', 'data/site', 'data/kazasu']) mkdirSync(join(folder, name), { recursive: true });
  chmodSync(join(folder, 'data/site'), 0o770);
  await runTool('truncate', ['-s', '2M', join(input, 'esp.img')]);
  await runTool('mkfs.vfat', ['-n', 'KAZASU', join(input, 'esp.img')]);
  await runTool('mke2fs', ['-q', '-t', 'ext4', '-L', 'data', '-d', join(folder, 'data'), join(input, 'data.img'), '8M']);
  await tinyRootfs(input);
  writeFileSync(join(folder, 'genimage.cfg'), GENIMAGE);
  const folders = ['--inputpath', input, '--rootpath', join(folder, 'root'), '--tmppath', join(folder, 'tmp')];
  await runTool('genimage', ['--config', join(folder, 'genimage.cfg'), ...folders, '--outputpath', folder]);
  const image = join(folder, 'small.img');
  await runTool('bmaptool', ['create', '-o', `${image}.bmap`, image]);
  await signFiles({ file: image, more: [`${image}.bmap`], cert: keys.signer, key: keys.signerKey });
  return image;
}
