/**
 * The list of releases that a static server gives to all readers alike. It says which bundle is for whom and from when;
 * it is not signed, since it can make no reader install anything: bundles are, and versions only rise.
 */
import { z } from 'zod';
import { gone, got, type UpdateResult } from './update-fault.ts';
import { isVersion } from './version.ts';

const version = z.string().refine(isVersion, 'a version such as 1.4.0');

const release = z.strictObject({
  version,
  /** Which machine it is for, as its bundle says: `kazasu-rpi4`, `kazasu-virt`. */
  compatible: z.string().regex(/^kazasu-[a-z0-9]+$/, 'a machine such as kazasu-rpi4'),
  /** Where the bundle lies, seen from the list. */
  bundle: z.string().min(1).max(500),
  /** Bytes. */
  size: z.int().min(1).max(8_000_000_000),
  /** From when each ring may have it. A ring that is not named does not get it yet. */
  rings: z.partialRecord(z.enum(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']), z.iso.datetime({ offset: true })),
  /** Over how many hours after its ring's moment the readers of a ring come one after the other. */
  spreadHours: z.number().min(0).max(168).default(4),
  /** The oldest version that may go straight to this one; older readers wait for a release between. */
  from: version.optional(),
  notes: z.string().max(2_000).default(''),
});

const feed = z.strictObject({
  format: z.literal('kazasu-releases-1'),
  releases: z.array(release).max(200),
});

export type Release = z.infer<typeof release>;

/** @returns the releases of a list. Faults: UPD-972, whose detail names field and reason */
export function parseFeed(text: string): UpdateResult<readonly Release[]> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return gone('UPD-972', `it is not JSON (${(error as Error).message})`);
  }
  const parsed = feed.safeParse(json);
  if (!parsed.success) {
    const reasons = parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'the list'}: ${message}`);
    return gone('UPD-972', reasons.slice(0, 3).join('; '));
  }
  const { releases } = parsed.data;
  const names = releases.map((one) => `${one.version} for ${one.compatible}`);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  return twice === undefined ? got(releases) : gone('UPD-972', `releases: ${twice} is listed twice`);
}
