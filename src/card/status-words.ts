/** Status words by name (ISO/IEC 7816-4 §5.6 and what My Number cards make of them). */
export const SW = {
  ok: 0x9000,
  /** Wrong, and the key keeps no counter. */
  wrongUncounted: 0x6300,
  securityStatusNotSatisfied: 0x6982,
  /** What a My Number card says of a key that is blocked already; others say 6983. */
  keyBlocked: 0x6984,
  authenticationMethodBlocked: 0x6983,
  fileNotFound: 0x6a82,
  offsetPastEnd: 0x6b00,
} as const;

/** 61XX: XX more bytes wait for GET RESPONSE (0 means 256 or more); undefined for any other status word. */
export function bytesWaiting(sw: number): number | undefined {
  return sw >> 8 === 0x61 ? sw & 0xff || 256 : undefined;
}

/** 6CXX: Le should have been XX (0 means 256); undefined for any other status word. */
export function exactLe(sw: number): number | undefined {
  return sw >> 8 === 0x6c ? sw & 0xff || 256 : undefined;
}

/** 63CX: X tries left. A blocked key has none, one without a counter Infinity. Undefined when it says nothing of tries. */
export function triesLeft(sw: number): number | undefined {
  if (sw === SW.wrongUncounted) return Number.POSITIVE_INFINITY;
  if (sw === SW.keyBlocked || sw === SW.authenticationMethodBlocked) return 0;
  return (sw & 0xfff0) === 0x63c0 ? sw & 0x0f : undefined;
}

/**
 * What SELECT by name is answered where there is no such application: 6A8X, a card that knows no SELECT or not this class,
 * and 6999, a Java Card's. Anything else tells of a difficulty, not of the application.
 */
export function saysThatApplicationIsAbsent(sw: number): boolean {
  return (sw & 0xfff0) === 0x6a80 || sw === 0x6d00 || sw === 0x6e00 || sw === 0x6999;
}

/** A status word for staff and logs: `6A82`. */
export function hexSw(sw: number): string {
  return sw.toString(16).toUpperCase().padStart(4, '0');
}
