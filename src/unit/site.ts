/** What a clinic's site file says: who this reader is, whom it talks to, and what stands around it. */
import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { failed, ok, type Result } from '../faults/result.ts';
import { clinicShare, hostName as host, SHARE_FOLDER } from './clinic-share.ts';

const path = z.string().startsWith('/', 'a path that begins with /');
const https = z.url({ protocol: /^https$/, error: 'an address that begins with https://' });
/** Of a service whose paths are its protocol's. */
const origin = https.refine(
  (url) => !URL.canParse(url) || new URL(url).href === `${new URL(url).origin}/`,
  'an address without a path, such as https://gateway.example:7443',
);
const port = z.int().min(0).max(65_535);
const ip = z.union([z.ipv4(), z.ipv6()], 'an IP address');
const cidr = z.union([z.cidrv4(), z.cidrv6()], 'an address with its prefix, such as 192.168.1.20/24');

/** One or more certificates, PEM, one after the other. */
const certificates = z.string().refine(areCertificates, 'certificates in PEM ("-----BEGIN CERTIFICATE-----"), and nothing else');

const network = z.union(
  [
    z.strictObject({ dhcp: z.literal(true) }),
    z.strictObject({ address: cidr, gateway: ip, dns: z.array(ip).min(1, 'at least one name server') }),
  ],
  'either { "dhcp": true } or address (such as 192.168.1.20/24), gateway and dns',
);

const clinic = z
  .strictObject({
    /** Where the clinic's software reads results; neither this nor a share: a folder within the reader's own data. With a
     *  share it is where the unit mounts that. */
    folder: path.optional(),
    share: clinicShare.optional(),
    /** The result file's character code, as the clinic's software wants it. */
    encoding: z.enum(['utf-8', 'shift_jis']).default('utf-8'),
    /** Whether the eligibility is also handed over as FHIR `Coverage`. */
    fhir: z.boolean().default(false),
  })
  .refine(({ folder, share }) => !(folder && share), 'either folder or share: results go to one place')
  .transform((said) => (said.share ? { ...said, folder: SHARE_FOLDER } : said));

/** See technician/password.ts. */
const technicianHash = z
  .string()
  .regex(/^scrypt\$[A-Za-z0-9+/]{22}==\$[A-Za-z0-9+/]{43}=$/, 'what "firmware technician-password" prints');

/** A hardware part by the name that udev gives it. */
const device = (name: string) => path.default(`/dev/${name}`);

/** An unknown or wrong field is refused by its name. */
const schema = z.strictObject({
  readerId: z.string().regex(/^[A-Z0-9]{4,16}$/, 'four to sixteen of A–Z and 0–9'),
  /** 医療機関コード: ten digits. */
  medicalInstitutionCode: z.string().regex(/^\d{10}$/, 'ten digits'),
  gateway: z.strictObject({
    url: origin,
    /** What the gateway's servers and this reader's own certificate must chain to; no other authority is believed. */
    caPem: certificates,
    /** Where a new reader is given its certificate. */
    enrolUrl: origin,
  }),
  network,
  clinic: clinic.prefault({}),
  desk: z
    .strictObject({
      /** The address that the staff console listens on; absent: every one of this unit. */
      host: ip.optional(),
      /** The name that staff open it by; absent: the reader's id and `.local`. */
      name: host.optional(),
    })
    .prefault({}),
  time: z.strictObject({ servers: z.array(host).min(1, 'at least one time server') }),
  update: z
    .strictObject({
      feed: https,
      /** 0 is updated first, 9 last. */
      ring: z.int().min(0).max(9),
      caPem: certificates,
    })
    .optional(),
  kiosk: z.strictObject({ browser: path.default('/usr/lib/kazasu/kiosk-browser') }).prefault({}),
  /** Of this unit's servers; kiosk and numbers are on loopback alone. 0 takes a free one. */
  ports: z.strictObject({ kiosk: port.default(7410), numbers: port.default(7412), desk: port.default(7413) }).prefault({}),
  module: z
    .strictObject({
      path: device('kazasu-module'),
      protocol: z.enum(['auto', 'gem', 'acs', 'pn532']).default('auto'),
      baudRate: z.int().min(9_600).max(500_000).optional(),
    })
    .prefault({}),
  panel: z.strictObject({ path: device('kazasu-panel') }).prefault({}),
  /** `turnedDeg`: it stands upright, turned so far clockwise seen from behind it; absent: it lies. */
  faceCamera: z.strictObject({ turnedDeg: z.literal([90, 270], '90 or 270').optional() }).prefault({}),
  /** The technician's menu: its password's hash, as `firmware technician-password` prints it; absent: nobody is let in. */
  technician: z
    .strictObject({
      password: technicianHash,
      /** The second UART, for a card simulator at the end of a cable; absent: none is wired. */
      uart: path.optional(),
    })
    .optional(),
  /** Parts that this unit does not have: they are neither used nor tested. */
  without: z.array(z.enum(['panel', 'face-camera', 'card-camera'])).default([]),
  card: z
    .strictObject({
      /** Public keys of the roots that card faces are signed under, PEM; absent: no portrait is believed. */
      rootKeysPem: z.string().optional(),
      camera: device('kazasu-card-camera'),
      /** How the front of a card is printed, as measured (see card/front/front-design.ts); absent: staff type 照合番号B. */
      frontDesign: path.optional(),
    })
    .prefault({}),
});

export type Site = z.infer<typeof schema>;

/** Where this unit is told of itself, and keeps what it learns. */
export type UnitPlace = {
  readonly site: Site;
  readonly sitePath: string;
  readonly dataFolder: string;
  /** One line for the journal: never a person's data. */
  readonly say: (line: string) => void;
};

/** Faults: SYS-902, whose detail names file, field and reason. */
export function readSite(file: string): Result<Site> {
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return failed('SYS-902', `${file}: ${code === undefined ? `is not JSON (${message})` : `cannot be read (${code})`}`);
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return ok(parsed.data);
  const reasons = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'the file'}: ${issue.message}`);
  return failed('SYS-902', `${file}: ${reasons.join('; ')}`);
}

const ONE_CERTIFICATE = /-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----\s*/g;

/** The certificates of a text of them, PEM each. */
export function certificatesIn(pem: string): readonly string[] {
  return pem.match(ONE_CERTIFICATE) ?? [];
}

function areCertificates(pem: string): boolean {
  const found = certificatesIn(pem);
  if (found.length === 0 || found.join('').trim() !== pem.trim()) return false;
  try {
    for (const one of found) new X509Certificate(one);
    return true;
  } catch {
    return false;
  }
}
