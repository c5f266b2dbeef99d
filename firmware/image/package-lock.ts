/** Which Debian packages go in: each by name, version and SHA-256, so that nothing comes in that nobody has looked at. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Mistake } from './mistake.ts';
import { own } from './workshop.ts';

/** `unpacked`: its files are taken, but it is not installed. */
export type LockedPackage = {
  readonly name: string;
  readonly version: string;
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly use: 'installed' | 'kernel' | 'board';
};

const LOCK = join(own, 'packages.lock.json');

export const readLock = (): readonly LockedPackage[] => JSON.parse(readFileSync(LOCK, 'utf8')).packages;

export function writeLock(packages: readonly LockedPackage[]): void {
  const sorted = [...packages].sort((a, b) => (a.name < b.name ? -1 : 1));
  const lines = sorted.map((one) => `    ${JSON.stringify(one)}`);
  writeFileSync(LOCK, `{\n  "packages": [\n${lines.join(',\n')}\n  ]\n}\n`);
}

/**
 * One line of `apt-get --print-uris`:
 *
 *   'URI' cage_0.2.0-2_arm64.deb 19892 SHA256:842e8f…
 *
 * @returns undefined for any other line
 */
export function packageOfUri(line: string, use: LockedPackage['use']): LockedPackage | undefined {
  const match = /^'[^']+' ((\S+?)_(\S+)_(?:arm64|all)\.deb) (\d+) SHA256:([0-9a-f]{64})$/.exec(line.trim());
  if (!match) return undefined;
  const [, file = '', name = '', version = '', bytes = '', sha256 = ''] = match;
  // An epoch's colon cannot stand in a file name.
  return { name, version: version.replace('%3a', ':'), file, bytes: Number(bytes), sha256, use };
}

/** Throws a Mistake that names every difference between what the archive offers and the lock. */
export function refuseDrift(offered: readonly LockedPackage[], locked: readonly LockedPackage[]): void {
  const of = (list: readonly LockedPackage[]) => new Map(list.map((one) => [one.name, one]));
  const [now, then] = [of(offered), of(locked)];
  const names = [...new Set([...now.keys(), ...then.keys()])].sort();
  const differences = names.flatMap((name) => {
    const [new_, old] = [now.get(name), then.get(name)];
    if (new_?.sha256 === old?.sha256 && new_?.use === old?.use) return [];
    return [`${name}: locked ${old?.version ?? 'not at all'}, the archive has ${new_?.version ?? 'it no more'}`];
  });
  if (differences.length === 0) return;
  throw new Mistake(
    `Debian's archive no longer offers what packages.lock.json says:\n    ${differences.join('\n    ')}\n` +
      '  Read what changed, then renew the lock: npm run -s firmware -- image --refresh-lock',
  );
}
