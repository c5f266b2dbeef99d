/** 公的個人認証 (JPKI): the holder's certificates, the keys that belong to them, and the PIN and password. */
import { type KeyObject, randomBytes } from 'node:crypto';
import { type Application, type File, free, holds, opensTo } from './application.ts';
import { ascii, concat, hex } from './bytes.ts';
import type { Secret } from './secret.ts';
import { rsaSigner } from './signing.ts';

export type JpkiParts = {
  /** What CK_TOKEN_INFO calls the token: a card or a phone. */
  readonly tokenLabel: string;
  /**
   * Undefined on an iPhone, whose owner it has asked itself, by face or finger, before it shows itself to a reader: its key
   * signs without a PIN until it is taken away, and there is no PIN to ask for (inferred).
   */
  readonly userPin: Secret | undefined;
  readonly signPassword: Secret;
  readonly authKey: KeyObject;
  readonly authCertificate: Uint8Array;
  readonly authCaCertificate: Uint8Array;
  /** Not there on the card of a child under 15, nor on one without a PIN. */
  readonly signature: { readonly key: KeyObject; readonly certificate: Uint8Array } | undefined;
  readonly signCaCertificate: Uint8Array;
  readonly terminalCaKey: KeyObject;
};

const THERE = '8F';
const NOT_THERE = '00';

export function jpkiApplication(parts: JpkiParts): Application {
  const { userPin, signature, signPassword } = parts;
  return {
    aid: 'D392F000260100000001',
    files: new Map<number, File>([
      [0x0001, opensTo(signature?.certificate ?? new Uint8Array(), signPassword)],
      [0x0002, free(parts.signCaCertificate)],
      [0x0006, free(tokenInfo(parts.tokenLabel))],
      [0x0008, free(hex(`${signature ? THERE : NOT_THERE} ${THERE} 00`))],
      [0x000a, free(parts.authCertificate)],
      [0x000b, free(parts.authCaCertificate)],
      [0x0016, { kind: 'terminal-ca-key', key: parts.terminalCaKey }],
      [0x0017, { kind: 'signing-key', sign: rsaSigner(parts.authKey, randomBytes), opensTo: userPin, terminal: true }],
      ...(userPin ? [[0x0018, holds(userPin)] as const] : []),
      ...(signature ? [signatureKey(signature.key, signPassword)] : []),
      [0x001b, holds(signPassword)],
    ]),
  };
}

function signatureKey(key: KeyObject, password: Secret): [number, File] {
  return [0x001a, { kind: 'signing-key', sign: rsaSigner(key, randomBytes), opensTo: password, terminal: false }];
}

/**
 * A CK_TOKEN_INFO of PKCS #11 with 32-bit numbers, most significant byte first, 160 bytes:
 *
 *   label(32) manufacturer(32) model(16) serial(16) flags(4) sessions(4×4) PIN lengths(2×4) memory(4×4)
 *   hardware version(2) firmware version(2) time(16)
 *
 * Real cards have the digits 03 and 01 for versions; the other numbers are inferred.
 */
function tokenInfo(label: string): Uint8Array {
  const text = (value: string, length: number) => ascii(value.padEnd(length, ' '));
  return concat(
    text(label, 32),
    text('KAZASU BENCH', 32),
    text('BENCH', 16),
    text('', 16),
    // CKF_RNG, CKF_LOGIN_REQUIRED, CKF_USER_PIN_INITIALIZED, CKF_TOKEN_INITIALIZED
    hex('0000040D'),
    new Uint8Array(16),
    // At most 16, at least 4.
    hex('00000010 00000004'),
    new Uint8Array(16).fill(0xff),
    ascii('0301'),
    text('', 16),
  );
}
