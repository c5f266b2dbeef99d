/** From the list of releases to an installed bundle; nothing here disturbs a reception. */
import type { Release } from './feed.ts';
import type { ReleaseServer, ReleaseSource, UpdateUnit } from './ports.ts';
import { nextTurn } from './rollout.ts';
import { afterFailure } from './standing.ts';
import type { UpdateFault, UpdateFaultCode } from './update-fault.ts';

const SOONEST_MS = 60_000;
/** Server or line: tried again in a quarter of an hour, of the usual six. */
const OF_THE_LINE: readonly UpdateFaultCode[] = ['UPD-971', 'UPD-974'];
const SOONER = 1 / 24;

/** The bundle itself is at fault, or this reader with it: tried a few times, and then no more. */
const OF_THE_BUNDLE: readonly UpdateFaultCode[] = ['UPD-975', 'UPD-976', 'UPD-977', 'UPD-978'];

/** @returns after how many milliseconds to look again: `usualMs`, or sooner when this reader's turn comes before */
export async function takeRelease(
  unit: UpdateUnit,
  source: ReleaseSource,
  usualMs: number,
  signal: AbortSignal,
): Promise<number> {
  const { clock, identity, running, kept, tell } = unit;
  const { server, ring } = source;
  const listed = await server.releases(signal);
  if (signal.aborted) return usualMs;
  if (!listed.ok) {
    tell({ name: 'update.fault', fault: listed.fault });
    return usualMs * (OF_THE_LINE.includes(listed.fault.code) ? SOONER : 1);
  }
  const now = clock.wall();
  const turn = nextTurn(listed.value, { ...identity, ring, running, failed: kept.value.failed }, now);
  if (turn === undefined) {
    tell({ name: 'update.none' });
    return usualMs;
  }
  const { release, from } = turn;
  if (from > now) {
    tell({ name: 'update.waits', version: release.version, from: from.toISOString() });
    return Math.min(usualMs, Math.max(SOONEST_MS, from.getTime() - now.getTime()));
  }
  const fault = await install(unit, server, release, signal);
  if (fault === undefined || signal.aborted) return usualMs;
  tell({ name: 'update.fault', fault });
  if (OF_THE_BUNDLE.includes(fault.code)) {
    const noted = kept.keep(afterFailure(kept.value, release.version));
    if (!noted.ok) tell({ name: 'update.fault', fault: noted.fault });
  }
  return usualMs * (OF_THE_LINE.includes(fault.code) ? SOONER : 1);
}

/** @returns what stood in the way */
async function install(
  unit: UpdateUnit,
  server: ReleaseServer,
  release: Release,
  signal: AbortSignal,
): Promise<UpdateFault | undefined> {
  const { bootId, kept, installer, tell } = unit;
  const { version } = release;
  // Before the first byte is written: whatever runs after the next boot, it is known how it came there.
  const begun = kept.keep({ ...kept.value, underWay: { at: 'installing', version, bootId, brokenBefore: [] } });
  if (!begun.ok) return begun.fault;
  tell({ name: 'update.installing', version });
  const stream = await server.stream(release, (percent) => tell({ name: 'update.streaming', version, percent }), signal);
  if (!stream.ok) return stream.fault;
  const installed = await installer.install(stream.value.url, release, signal);
  const lost = stream.value.lost();
  await stream.value.close();
  if (!installed.ok) return lost ?? installed.fault;
  const { attempts: _, ...rest } = kept.value;
  const noted = kept.keep({ ...rest, underWay: { at: 'installed', version, bootId, brokenBefore: [] } });
  if (!noted.ok) return noted.fault;
  tell({ name: 'update.installed', version });
  return undefined;
}
