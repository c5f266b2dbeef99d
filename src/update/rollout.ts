/** Whose turn it is: thousands of readers take a release ring by ring, and within a ring one after the other. */
import { createHash } from 'node:crypto';
import type { Release } from './feed.ts';
import { compareVersions, isNewer } from './version.ts';

const HOUR_MS = 3_600_000;

export type Candidate = {
  readonly readerId: string;
  /** 0 to 9; 0 is first. */
  readonly ring: number;
  readonly compatible: string;
  readonly running: string;
  /** Versions that failed on this reader. */
  readonly failed: readonly string[];
};

/** The newest release that this reader may have, and the moment from which it may. */
export type Turn = { readonly release: Release; readonly from: Date };

/**
 * @returns the newest release whose turn has come at `now`; else the one whose turn comes first; else nothing, also
 * when a ring has no moment yet
 */
export function nextTurn(releases: readonly Release[], candidate: Candidate, now: Date): Turn | undefined {
  const turns = releases.filter((release) => suits(release, candidate)).flatMap((release) => turnOf(release, candidate));
  const [newest] = turns.filter(({ from }) => from <= now).sort((a, b) => compareVersions(b.release.version, a.release.version));
  const [soonest] = turns.sort((a, b) => a.from.getTime() - b.from.getTime());
  return newest ?? soonest;
}

function suits(release: Release, { compatible, running, failed }: Candidate): boolean {
  const reachable = release.from === undefined || compareVersions(running, release.from) >= 0;
  const wanted = isNewer(release.version, running) && !failed.includes(release.version);
  return release.compatible === compatible && reachable && wanted;
}

function turnOf(release: Release, { readerId, ring }: Candidate): Turn[] {
  const begins = release.rings[String(ring) as keyof Release['rings']];
  if (begins === undefined) return [];
  const waitMs = shareOf(readerId, release.version) * release.spreadHours * HOUR_MS;
  return [{ release, from: new Date(new Date(begins).getTime() + waitMs) }];
}

/**
 * 0 to 1, evenly over readers, another for each release, and always the same for one reader and release: so a power cut
 * costs no reader its place, and nothing has to be kept.
 */
function shareOf(readerId: string, version: string): number {
  return createHash('sha256').update(`${readerId} ${version}`).digest().readUInt32BE(0) / 2 ** 32;
}
