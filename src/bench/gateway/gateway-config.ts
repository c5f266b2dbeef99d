import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import { failed, ok, type Result } from '../../faults/result.ts';

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time of day such as 03:00');

/** The configuration of a bench gateway that runs alone; an unknown or wrong field is refused by its name. */
const schema = z.strictObject({
  /** The folder that `kazasu gateway pki --to` has made; from this file's own folder on. */
  pki: z.string().min(1),
  port: z.int().min(0).max(65_535).default(7_443),
  /** A file in which people, receptions and queries are kept; absent: they go with the gateway. */
  database: z.string().min(1).optional(),
  /** How long an eligibility takes, in milliseconds, at random between the two; in the field 3 to 7 s. */
  latencyMs: z
    .strictObject({ least: z.int().min(0).max(60_000).default(3_000), most: z.int().min(0).max(60_000).default(7_000) })
    .refine(({ least, most }) => least <= most, 'least is more than most')
    .prefault({}),
  /** Where new readers are given their certificates, and the one-time tokens that it knows; absent: nowhere. */
  enrolment: z
    .strictObject({
      port: z.int().min(0).max(65_535).default(7_444),
      tokens: z
        .array(
          z.strictObject({
            readerId: z.string().regex(/^[A-Z0-9]{4,16}$/, 'four to sixteen of A–Z and 0–9'),
            token: z.string().regex(/^[A-Za-z0-9_-]{22,64}$/, '22 to 64 of A–Z, a–z, 0–9, _ and -'),
          }),
        )
        .default([]),
    })
    .optional(),
  /** Each day, by the time of Japan. */
  maintenance: z.array(z.strictObject({ part: z.enum(['jpki', 'gateway']), from: time, until: time })).default([]),
});

export type GatewayConfig = z.infer<typeof schema>;

/** Faults: SYS-902, whose detail names file, field and reason. */
export function readGatewayConfig(path: string): Result<GatewayConfig> {
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return failed('SYS-902', `${path}: ${code === undefined ? `is not JSON (${message})` : `cannot be read (${code})`}`);
  }
  const parsed = schema.safeParse(json);
  if (!parsed.success) {
    const reasons = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'the file'}: ${issue.message}`);
    return failed('SYS-902', `${path}: ${reasons.join('; ')}`);
  }
  const from = (name: string) => resolve(dirname(path), name);
  const { pki, database, ...rest } = parsed.data;
  return ok({ ...rest, pki: from(pki), ...(database !== undefined && { database: from(database) }) });
}
