/** How far an update is: what is kept over a power cut, and what it means after the next boot. */
import { z } from 'zod';

/** An update under way. `bootId` is the kernel's, of the boot in which it was installed. */
const underWay = z.strictObject({
  at: z.enum(['installing', 'installed']),
  version: z.string(),
  bootId: z.string(),
  /** What the old version's self-test found broken, at rest, just before the unit was restarted into this one. */
  brokenBefore: z.array(z.string().max(50)).max(50).default([]),
});

export const keptUpdate = z.strictObject({
  /** The newest version that has passed its self-test on this reader, but for what was broken before it came. */
  proven: z.string().optional(),
  underWay: underWay.optional(),
  /** Versions that failed here; they are not tried again. */
  failed: z.array(z.string()).max(100),
  /** How often the version that is tried now has failed to install. */
  attempts: z.strictObject({ version: z.string(), count: z.int() }).optional(),
});

export type KeptUpdate = z.infer<typeof keptUpdate>;

export const nothingKept: KeptUpdate = { failed: [] };

export type Standing =
  /** Nothing is under way; what a power cut stopped in the middle begins again. */
  | { readonly at: 'settled' }
  /** Installed into the other slot; this boot still runs the old one. */
  | { readonly at: 'to-switch'; readonly version: string }
  /** This boot runs what was installed. */
  | { readonly at: 'switched'; readonly version: string; readonly brokenBefore: readonly string[] }
  /** It was installed, the unit has been started anew, and the old version runs: three tries were in vain. */
  | { readonly at: 'fell-back'; readonly version: string };

/** Also a unit that was simply switched off after the installation comes up in its new version. */
export function whereItStands({ underWay: update }: KeptUpdate, running: string, bootId: string): Standing {
  if (update === undefined) return { at: 'settled' };
  const { at, version, brokenBefore } = update;
  if (version === running) return { at: 'switched', version, brokenBefore };
  if (at === 'installing') return { at: 'settled' };
  return update.bootId === bootId ? { at: 'to-switch', version } : { at: 'fell-back', version };
}

/** Enough to tell a bundle that this reader cannot take from one bad moment. */
const MOST_ATTEMPTS = 3;
const FAILED_KEPT = 20;

/** After an installation that failed: tried again another day, and no more after the third time. */
export function afterFailure(kept: KeptUpdate, version: string): KeptUpdate {
  const { underWay: _, attempts, ...rest } = kept;
  const count = attempts?.version === version ? attempts.count + 1 : 1;
  return count < MOST_ATTEMPTS ? { ...rest, attempts: { version, count } } : asFailed(rest, version);
}

/** The version is not tried on this reader again: the next release is. */
export function asFailed(kept: KeptUpdate, version: string): KeptUpdate {
  const { underWay: _, attempts: __, ...rest } = kept;
  return { ...rest, failed: [...rest.failed.filter((one) => one !== version), version].slice(-FAILED_KEPT) };
}

/** Said anew before each restart into the new version: only the last look at the old one counts. */
export function withBroken(kept: KeptUpdate, brokenBefore: readonly string[]): KeptUpdate {
  const { underWay: update } = kept;
  return update === undefined ? kept : { ...kept, underWay: { ...update, brokenBefore: [...brokenBefore] } };
}

export function asProven(kept: KeptUpdate, version: string): KeptUpdate {
  const { underWay: update, ...rest } = kept;
  return { ...rest, proven: version, ...(update !== undefined && update.version !== version ? { underWay: update } : {}) };
}
