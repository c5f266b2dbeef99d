/** Keys and small bundles, made by the technician's own commands. */
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runTool } from '../../../firmware/image/run-tool.ts';
import { type BuiltBundle, buildBundle } from '../../../firmware/update/build-bundle.ts';
import { type KeyFiles, makeKeys } from '../../../firmware/update/make-keys.ts';

export const testKeys = (folder: string): Promise<KeyFiles> => makeKeys({ folder, test: true, now: new Date() });

/** A squashfs of a few files; what is in it does not matter to RAUC. */
export async function tinyRootfs(folder: string): Promise<string> {
  const tree = join(folder, 'tree');
  mkdirSync(tree, { recursive: true });
  writeFileSync(join(tree, 'random'), randomBytes(100_000));
  const file = join(folder, 'rootfs.squashfs');
  await runTool('mksquashfs', [tree, file, '-noappend', '-quiet', '-no-progress']);
  return file;
}

export async function tinyBundle(
  folder: string,
  keys: KeyFiles,
  more: { readonly version?: string; readonly compatible?: string } = {},
): Promise<BuiltBundle & { readonly path: string }> {
  const { version = '1.1.0', compatible = 'kazasu-virt' } = more;
  const out = join(folder, `${compatible}-${version}.raucb`);
  const rootfs = await tinyRootfs(folder);
  const { ca, signer: cert, signerKey: key } = keys;
  return { ...(await buildBundle({ rootfs, compatible, version, cert, key, ca, out })), path: out };
}

/** Runs a program to its end. @returns its status and all that it said; throws when it is not installed */
export function said(program: string, ...args: string[]): { readonly status: number | null; readonly text: string } {
  const run = spawnSync(program, args, { encoding: 'utf8' });
  if (run.error) throw new Error(`${program} is needed for this test: ${run.error.message}`);
  return { status: run.status, text: `${run.stdout}${run.stderr}` };
}
