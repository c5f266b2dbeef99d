/** What an image is, beside it: versions, hashes, and where it came from. */
import { X509Certificate } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { hashFile } from '../update/signed-sums.ts';
import type { LockedPackage } from './package-lock.ts';
import type { Target } from './targets.ts';

export type ManifestOptions = {
  readonly target: Target;
  readonly version: string;
  /** Of the sources; ends in `+changed` when they differ from it. */
  readonly commit: string;
  readonly packages: readonly LockedPackage[];
  readonly node: string;
  /** A PEM file. */
  readonly updateCa: string;
  /** Those that belong to the image, whole paths. */
  readonly files: readonly string[];
};

export async function manifestOf({ target, version, commit, packages, node, updateCa, files }: ManifestOptions) {
  const ca = new X509Certificate(readFileSync(updateCa));
  const kernel = packages.find(({ use }) => use === 'kernel');
  return {
    name: 'kazasu',
    target: target.name,
    compatible: target.compatible,
    version,
    commit,
    /** True: the image holds a hand that tests lead, and is not for a clinic. */
    testHand: target.testHand,
    neverRunOnHardware: true,
    debian: { suite: 'trixie', packages: packages.length, kernel: kernel?.version },
    node,
    updateCa: { subject: ca.subject.replaceAll('\n', ', '), sha256: ca.fingerprint256 },
    files: await Promise.all(
      files.map(async (path) => ({ file: basename(path), bytes: statSync(path).size, sha256: await hashFile(path) })),
    ),
  };
}
