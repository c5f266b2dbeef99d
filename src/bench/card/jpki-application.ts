/** 公的個人認証 (JPKI): the holder's certificates, the keys that belong to them, and the PIN and password. */
import type { KeyObject } from 'node:crypto';
import { type Application, free, holds, opensTo } from './application.ts';
import { ascii, concat, hex } from './bytes.ts';
import type { Secret } from './secret.ts';

export type JpkiParts = {
  readonly userPin: Secret;
  readonly signPassword: Secret;
  readonly authKey: KeyObject;
  readonly signKey: KeyObject;
  readonly authCertificate: Uint8Array;
  readonly signCertificate: Uint8Array;
  readonly authCaCertificate: Uint8Array;
  readonly signCaCertificate: Uint8Array;
  readonly terminalCaKey: KeyObject;
};

export function jpkiApplication(parts: JpkiParts): Application {
  return {
    aid: 'D392F000260100000001',
    files: new Map([
      [0x0001, opensTo(parts.signCertificate, parts.signPassword)],
      [0x0002, free(parts.signCaCertificate)],
      [0x0006, free(tokenInfo())],
      // Both certificates are present.
      [0x0008, free(hex('8F 8F 00'))],
      [0x000a, free(parts.authCertificate)],
      [0x000b, free(parts.authCaCertificate)],
      [0x0016, { kind: 'terminal-ca-key', key: parts.terminalCaKey }],
      [0x0017, { kind: 'signing-key', key: parts.authKey, opensTo: parts.userPin, terminal: true }],
      [0x0018, holds(parts.userPin)],
      [0x001a, { kind: 'signing-key', key: parts.signKey, opensTo: parts.signPassword, terminal: false }],
      [0x001b, holds(parts.signPassword)],
    ]),
  };
}

/** A CK_TOKEN_INFO of PKCS #11 with 32-bit numbers, 160 bytes; only the label is known, the rest is empty. */
function tokenInfo(): Uint8Array {
  const label = ascii('JPKIAPICCTOKEN2'.padEnd(32, ' '));
  const manufacturer = ascii('KAZASU BENCH'.padEnd(32, ' '));
  return concat(label, manufacturer, new Uint8Array(160 - label.length - manufacturer.length));
}
