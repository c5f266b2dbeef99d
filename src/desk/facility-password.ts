import { type BinaryLike, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { z } from 'zod';
import type { Clock } from '../clock.ts';
import { failed, ok, type Result } from '../faults/result.ts';
import { openKeptFile } from '../kept-file.ts';
import type { PasswordVerdict } from '../reception/ports.ts';
import { afterWrong, lockedForMs, NO_LOCKOUT, triesLeft } from './lockout.ts';

export type FacilityPassword = {
  readonly isSet: boolean;
  /** @param ascii 6 to 12 digits, wiped. Faults: STAFF-852 (they are not), REC-701 (cannot be kept). */
  set(ascii: Uint8Array): Promise<Result<void>>;
  /** Counts every entry before it looks at it. @param ascii wiped. Faults: STAFF-852 (none is set), STAFF-853 (cannot be
   *  counted, or aborted before it was). */
  verify(ascii: Uint8Array, signal: AbortSignal): Promise<Result<PasswordVerdict>>;
};

export type FacilityPasswordOptions = {
  readonly path: string;
  readonly clock: Pick<Clock, 'wall'>;
  /** @returns that many random bytes */
  readonly random: (length: number) => Uint8Array;
};

const kept = z.strictObject({
  salt: z.string(),
  hash: z.string(),
  wrong: z.int().nonnegative(),
  lockedUntilMs: z.number().nonnegative(),
});

/** 32 MiB and about 0.1 s on a PC; RFC 7914. A short number stays guessable to whoever has the file: so its mode is 0600. */
const COST: ScryptOptions = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 2 ** 20 };
const derive = promisify<BinaryLike, BinaryLike, number, ScryptOptions, Buffer>(scrypt);

/**
 * The facility's own password: digits, so that a pad of twelve keys can type it. Reader and desk share it and its
 * lockout, which outlives a restart. Faults: SYS-902 when its file cannot be understood.
 */
export function createFacilityPassword({ path, clock, random }: FacilityPasswordOptions): Result<FacilityPassword> {
  const opened = openKeptFile(path, kept, { salt: '', hash: '', ...NO_LOCKOUT });
  if (!opened.ok) return opened;
  const file = opened.value;
  const isSet = () => file.value.hash !== '';
  /** One entry after the other: each sees how the one before was counted. */
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = last.then(work);
    last = turn.catch(() => {});
    return turn;
  };

  async function set(digits: Uint8Array): Promise<Result<void>> {
    if (!isPassword(digits)) return failed('STAFF-852', 'the facility password must be 6 to 12 digits');
    const salt = Buffer.from(random(16));
    const hash = await derive(digits, salt, 32, COST);
    return file.keep({ salt: salt.toString('base64'), hash: hash.toString('base64'), ...NO_LOCKOUT });
  }

  async function verify(digits: Uint8Array, signal: AbortSignal): Promise<Result<PasswordVerdict>> {
    if (signal.aborted) return failed('STAFF-853', 'nobody waits for it any more');
    if (!isSet()) return failed('STAFF-852', 'no facility password is set; an administrator sets it at the desk');
    const nowMs = clock.wall().getTime();
    const locked = lockedForMs(file.value, nowMs);
    if (locked > 0) return ok({ at: 'locked', forMs: locked });
    // Counted first: whoever cuts the power while it is compared gains no try.
    const wrong = { ...file.value, ...afterWrong(file.value, nowMs) };
    const counted = file.keep(wrong);
    if (!counted.ok) return failed('STAFF-853', counted.fault.detail);
    const hash = await derive(digits, Buffer.from(wrong.salt, 'base64'), 32, COST);
    if (timingSafeEqual(hash, Buffer.from(wrong.hash, 'base64'))) {
      const cleared = file.keep({ ...wrong, ...NO_LOCKOUT });
      return cleared.ok ? ok({ at: 'right' }) : failed('STAFF-853', cleared.fault.detail);
    }
    const nowLocked = lockedForMs(wrong, nowMs);
    return ok(nowLocked > 0 ? { at: 'locked', forMs: nowLocked } : { at: 'wrong', triesLeft: triesLeft(wrong) });
  }

  return ok({
    get isSet() {
      return isSet();
    },
    set: (ascii) => inTurn(() => set(ascii)).finally(() => ascii.fill(0)),
    verify: (ascii, signal) => inTurn(() => verify(ascii, signal)).finally(() => ascii.fill(0)),
  });
}

const isPassword = (digits: Uint8Array) =>
  digits.length >= 6 && digits.length <= 12 && digits.every((digit) => digit >= 0x30 && digit <= 0x39);
