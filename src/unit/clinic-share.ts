/** A shared folder of the clinic's network: what a site file says of it, and where it is on the unit. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { failed, ok, type Result } from '../faults/result.ts';

/** Where the unit mounts it. It is there only while the share is: results cannot be written beside the share. */
export const SHARE_FOLDER = '/run/kazasu-clinic/share';
/** The share's password, one line in a file beside the site file: root alone reads it. */
export const SHARE_PASSWORD_NAME = 'clinic-share-password';

export const hostName = z.string().regex(/^[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?$/, 'a host name or an address');

/** What Windows refuses in names, and the comma, at which options of a mount are cut. */
const NAMES = /^(?!\.{1,2}(\/|$))[^\\/:*?"<>|,\p{Cc}]+(\/(?!\.{1,2}(\/|$))[^\\/:*?"<>|,\p{Cc}]+)*$/u;

/** SMB 3 with encryption; nothing else is spoken. */
export const clinicShare = z.strictObject({
  /** As the network's name server knows it; a computer's Windows name alone is often not known there. */
  host: hostName,
  port: z.int().min(1).max(65_535).default(445),
  folder: z.string().regex(NAMES, 'the share and folders within it, such as oqs/results, with / between'),
  /** An account that may write there and nowhere else. */
  user: z.string().regex(/^[^\\/:;|=,+*?<>"@\s]{1,64}$/, 'a user name, without a domain before or after it'),
  /** Windows domain or workgroup. */
  domain: z
    .string()
    .regex(/^[A-Za-z0-9.-]{1,64}$/, 'a domain name')
    .optional(),
});

export type ClinicShare = z.infer<typeof clinicShare>;

/** Fault: SYS-902, whose detail names file and reason and never the password. */
export function readSharePassword(file: string): Result<string> {
  let text: string;
  try {
    text = readFileSync(file, 'utf8').replace(/\r?\n$/, '');
  } catch (error) {
    return failed(
      'SYS-902',
      `${file}: the password of the clinic's share cannot be read (${(error as NodeJS.ErrnoException).code})`,
    );
  }
  if (/^[^\s,"\p{Cc}]{1,127}$/u.test(text)) return ok(text);
  return failed(
    'SYS-902',
    `${file}: the password of the clinic's share is one line of 1 to 127 characters without space, comma and "`,
  );
}
