/** The technician's own password: the site file has its hash, made on a PC; the unit counts the entries. */
import { type BinaryLike, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { z } from 'zod';
import type { Clock } from '../clock.ts';
import { afterWrong, lockedForMs, NO_LOCKOUT, triesLeft } from '../desk/lockout.ts';
import { failed, ok, type Result } from '../faults/result.ts';
import { openKeptFile } from '../kept-file.ts';
import type { PasswordVerdict } from '../reception/ports.ts';

/** Digits, so that the pad and the keys on the screen can type it. */
export const TECHNICIAN_DIGITS = { least: 8, most: 12 } as const;

/** RFC 7914: 32 MiB and about 0.1 s on a PC. */
const COST: ScryptOptions = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 2 ** 20 };
const derive = promisify<BinaryLike, BinaryLike, number, ScryptOptions, Buffer>(scrypt);

/** `scrypt$SALT$HASH`: 16 and 32 bytes in base64, at the cost above. */
const HASH = /^scrypt\$([A-Za-z0-9+/]{22}==)\$([A-Za-z0-9+/]{43}=)$/;

/** @param ascii wiped. @returns what the site file takes as `technician.password`. Fault: STAFF-852 (not 8 to 12 digits). */
export async function hashTechnicianPassword(ascii: Uint8Array, random: (length: number) => Uint8Array): Promise<Result<string>> {
  try {
    const { least, most } = TECHNICIAN_DIGITS;
    const isPassword = ascii.length >= least && ascii.length <= most && ascii.every((each) => each >= 0x30 && each <= 0x39);
    if (!isPassword) return failed('STAFF-852', `the technician's password must be ${least} to ${most} digits`);
    const salt = Buffer.from(random(16));
    const hash = await derive(ascii, salt, 32, COST);
    return ok(`scrypt$${salt.toString('base64')}$${hash.toString('base64')}`);
  } finally {
    ascii.fill(0);
  }
}

export type TechnicianPassword = {
  readonly isSet: boolean;
  /** Counts every entry before it looks at it. @param ascii to be wiped by the caller. Faults: STAFF-852 (none is set),
   *  STAFF-853 (cannot be counted). */
  verify(ascii: Uint8Array): Promise<Result<PasswordVerdict>>;
};

const kept = z.strictObject({ wrong: z.int().nonnegative(), lockedUntilMs: z.number().nonnegative() });

/** `hash`: as `hashTechnicianPassword` made it. Fault: SYS-902 (it is none, or the file of the lockout is damaged). */
export function openTechnicianPassword(options: {
  readonly hash: string | undefined;
  /** Where the wrong entries are counted, so that the power's going does not clear them. */
  readonly path: string;
  readonly clock: Pick<Clock, 'wall'>;
}): Result<TechnicianPassword> {
  const { hash, path, clock } = options;
  const parts = hash === undefined ? undefined : HASH.exec(hash);
  if (parts === null) return failed('SYS-902', 'technician.password: not what "firmware technician-password" prints');
  const opened = openKeptFile(path, kept, NO_LOCKOUT);
  if (!opened.ok) return opened;
  const lockout = opened.value;

  async function verify(ascii: Uint8Array): Promise<Result<PasswordVerdict>> {
    const [, salt = '', wanted = ''] = parts ?? [];
    if (!parts) return failed('STAFF-852', 'no technician’s password is set');
    const nowMs = clock.wall().getTime();
    const locked = lockedForMs(lockout.value, nowMs);
    if (locked > 0) return ok({ at: 'locked', forMs: locked });
    // Counted first: whoever cuts the power while it is compared gains no try.
    const wrong = afterWrong(lockout.value, nowMs);
    const counted = lockout.keep(wrong);
    if (!counted.ok) return failed('STAFF-853', counted.fault.detail);
    const derived = await derive(ascii, Buffer.from(salt, 'base64'), 32, COST);
    if (!timingSafeEqual(derived, Buffer.from(wanted, 'base64'))) {
      const nowLocked = lockedForMs(wrong, nowMs);
      return ok(nowLocked > 0 ? { at: 'locked', forMs: nowLocked } : { at: 'wrong', triesLeft: triesLeft(wrong) });
    }
    const cleared = lockout.keep(NO_LOCKOUT);
    return cleared.ok ? ok({ at: 'right' }) : failed('STAFF-853', cleared.fault.detail);
  }

  return ok({ isSet: parts !== undefined, verify });
}
