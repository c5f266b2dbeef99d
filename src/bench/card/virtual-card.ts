/** Something that can be put on the bench's reader. */
export interface VirtualCard {
  /** Powers it on, cold or warm. Returns its ATR, or undefined when no chip answers. */
  powerOn(): Uint8Array | undefined;
  /** Forgets everything but counters. */
  powerOff(): void;
  /** Answers one command APDU with data and SW1 SW2; never throws, whatever comes. */
  answer(command: Uint8Array): Uint8Array;
  readonly statistics: CardStatistics;
  /** How it is met over the air; undefined when nothing is. */
  readonly contactless?: Contactless;
  /** Only a My Number card has one. */
  readonly holder?: CardHolder;
}

/**
 * ISO/IEC 14443-3. Type B: what the ATQB says, 4 bytes of application data and 3 of protocol information; its PUPI is
 * drawn anew at each power-up. The other two are cards that a My Number card reader meets and does not speak to.
 */
export type Contactless =
  | { readonly kind: 'type-b'; readonly applicationData: Uint8Array; readonly protocolInfo: Uint8Array }
  | { readonly kind: 'type-a' | 'type-f' };

/** What the host has asked of the card since it was issued: for tests of what must never be asked. */
export type CardStatistics = {
  commands: number;
  /** VERIFY commands with an entry, of any secret. */
  verifies: number;
  /** Of these, entries of the user-authentication PIN. */
  pinVerifies: number;
  /** Of these, entries sent although the secret was already blocked. */
  verifiesWhileBlocked: number;
  signatures: number;
};

/** What stands on the card's front or in its certificate, and what a test wants to know of it. */
export type CardHolder = {
  readonly personaId: string;
  /** 照合番号B, 14 digits, as printed; a phone has nothing printed. */
  readonly verificationCodeB: string | undefined;
  /** The user-authentication certificate, DER, and its serial number in lower-case hexadecimal. */
  readonly certificateDer: Uint8Array;
  readonly serialNumber: string;
  /** The signature certificate, DER; absent where the card has none. */
  readonly signCertificateDer?: Uint8Array;
  /** How many tries the user-authentication PIN has left now; 0 where there is none. */
  pinTriesLeft(): number;
};

export function noStatistics(): CardStatistics {
  return { commands: 0, verifies: 0, pinVerifies: 0, verifiesWhileBlocked: 0, signatures: 0 };
}
