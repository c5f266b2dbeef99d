import type { Result } from '../../faults/result.ts';

/**
 * 照合番号B: 14 ASCII digits, `YYMMDD` of birth in the Japanese-era year, expiry year (4), security code (4).
 * Printed on the card's front; it opens the portrait. Wiped by whoever asked for it.
 */
export type VerificationCodeB = Uint8Array;

/** Where 照合番号B comes from. */
export interface CardFront {
  /** True when what was read is no card's print but a drawing. */
  readonly simulated: boolean;
  /** Faults: CARD-108, whose detail says why (no picture, no card, unclear, implausible). */
  readCode(signal: AbortSignal): Promise<Result<VerificationCodeB>>;
}
