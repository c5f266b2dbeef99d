import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { failed, ok, type Result } from './faults/result.ts';

const port = z.int().min(0).max(65_535);

/** The kinds of serial card module, as a person names them. */
export const moduleKinds = ['gem', 'acs', 'pn532'] as const;

/** The card module on its serial line. */
const cardModule = z.strictObject({
  /** `auto` asks for each that is known here. */
  protocol: z.enum(['auto', ...moduleKinds]).default('auto'),
  /** `/dev/ttyUSB0`, or better its link in `/dev/serial/by-id`; absent: every serial adapter is asked. */
  path: z.string().startsWith('/', 'a path that begins with /, such as /dev/ttyUSB0').optional(),
  /** The rate to work at; absent: the module's usual one. A module that cannot be raised so far goes as high as it can. */
  baudRate: z.int().min(9_600).max(500_000).optional(),
});

const days = z.int().min(1).max(36_500);

/** What is kept of receptions, and for how long. */
const records = z.strictObject({
  path: z.string().min(1).optional(),
  /** The defaults are reasoned in records/retention.ts. */
  retention: z
    .strictObject({
      receptionDays: days.default(1_827),
      auditDays: days.default(1_827),
      gatewayDays: days.default(31),
      maxMegabytes: z.int().min(10).max(100_000).default(150),
    })
    .prefault({}),
  /** Where the audit log's old parts are sealed away to; absent: the log stays whole. */
  archive: z
    .strictObject({
      folder: z.string().min(1),
      /** The clinic's X25519 public key, a PEM file. */
      sealFor: z.string().min(1),
    })
    .optional(),
});

/** The whole configuration; an unknown or wrong field is refused by its name. */
const schema = z.strictObject({
  readerId: z
    .string()
    .regex(/^[A-Z0-9]{4,16}$/, 'four to sixteen of A–Z and 0–9')
    .default('KZ000001'),
  /** 医療機関コード: ten digits. */
  medicalInstitutionCode: z
    .string()
    .regex(/^\d{10}$/, 'ten digits')
    .default('1310000000'),
  kiosk: z
    .strictObject({
      port: port.default(7410),
      /** The Chromium that `start --kiosk` shows the screen with; absent: Debian's. */
      browser: z.string().startsWith('/', 'a path that begins with /, such as /usr/bin/chromium').optional(),
    })
    .prefault({}),
  staff: z
    .strictObject({
      port: port.default(7412),
      /** Loopback, or this machine's address on the clinic's network. */
      host: z.union([z.ipv4(), z.ipv6()], 'an IP address').default('127.0.0.1'),
    })
    .prefault({}),
  /** The staff console, over HTTPS. */
  desk: z
    .strictObject({
      port: port.default(7413),
      /** Loopback, or this machine's address on the clinic's network. */
      host: z.union([z.ipv4(), z.ipv6()], 'an IP address').default('127.0.0.1'),
      /** The name that staff open it by; absent: the reader's id and `.local`. */
      name: z.string().min(1).optional(),
    })
    .prefault({}),
  clinic: z
    .strictObject({
      folder: z.string().min(1).optional(),
      /** The result file's character code, as the clinic's software wants it. */
      encoding: z.enum(['utf-8', 'shift_jis']).default('utf-8'),
      /** Whether the eligibility is also handed over as FHIR `Coverage`. */
      fhir: z.boolean().default(false),
    })
    .prefault({}),
  records: records.prefault({}),
  module: cardModule.prefault({}),
  bench: z
    .strictObject({
      dockPort: port.default(7411),
      /** Which kind of card module is simulated. */
      module: z.enum(moduleKinds).default('gem'),
      /** Speed of the simulated line between module and board. */
      baudRate: z.int().min(9600).max(460_800).default(115_200),
      /** How long the bench gateway thinks about an eligibility; the real one takes 3 to 7 s. */
      gatewayLatencyMs: z.int().min(0).max(60_000).default(1_200),
    })
    .prefault({}),
});

export type Config = z.infer<typeof schema>;

/** These settings, and the defaults for all else. Throws when one is wrong: they have been checked where they came from. */
export const configWith = (settings: z.input<typeof schema>): Config => schema.parse(settings);

/** Reads a JSON file, or gives the defaults without one. Faults: SYS-902, whose detail names file, field and reason. */
export function readConfig(path?: string): Result<Config> {
  if (path === undefined) return ok(schema.parse({}));
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    return failed('SYS-902', `${path}: cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return failed('SYS-902', `${path}: is not JSON (${(error as Error).message})`);
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return ok(parsed.data);
  const reasons = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'the file'}: ${issue.message}`);
  return failed('SYS-902', `${path}: ${reasons.join('; ')}`);
}
