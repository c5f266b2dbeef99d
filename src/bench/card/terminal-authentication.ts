/**
 * How the card lets an institution's terminal use the user-authentication key without the patient's PIN.
 *
 * Only the commands have been seen in the wild: with JPKI EF 0016 selected, `80 A2 06 C1` + a CV certificate in an
 * extended Lc, then `80 A2 00 C1` + a `5F37` signature. What is certified and what is signed is not public. Here,
 * and this is a stand-in of ours:
 *
 *   80 A2 06 C1  7F21 82LLLL { 5F4E 820133 body[307], 5F37 820100 signature }   body = issuer16 subject16 key265 more10
 *                the signature, over the body, is checked with the CA key of EF 0016
 *   00 84 00 00  GET CHALLENGE
 *   80 A2 00 C1  5F37 820100 signature over those challenge bytes by the key in the body
 *
 * It holds until another application is selected or the power goes.
 */
import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import { hex, sameBytes } from './bytes.ts';
import { SW } from './status-word.ts';

const BODY_LENGTH = 307;
const HEAD = hex('7F 21 82 02 3D 5F 4E 82 01 33');
const SIGNATURE_HEAD = hex('5F 37 82 01 00');
const SIGNATURE_LENGTH = 256;
/** Within the body: 90 03 010001, then 91 820100 and the modulus. */
const MODULUS_AT = 16 + 16 + 5 + 4;

export class TerminalAuthentication {
  #terminalKey: KeyObject | undefined;
  #passed = false;

  get passed(): boolean {
    return this.#passed;
  }

  /** `80 A2 06 C1`. Returns 9000, 6A80 (not such a certificate) or 6300 (not signed by the CA). */
  presentCertificate(certificate: Uint8Array, caKey: KeyObject): number {
    this.forget();
    const signatureAt = HEAD.length + BODY_LENGTH;
    const signature = signatureIn(certificate.subarray(signatureAt));
    if (!sameBytes(certificate.subarray(0, HEAD.length), HEAD) || signature === undefined) return SW.wrongData;
    const body = certificate.subarray(HEAD.length, signatureAt);
    if (!verify('sha256', body, caKey, signature)) return SW.wrong;
    this.#terminalKey = rsaKey(body.subarray(MODULUS_AT, MODULUS_AT + 256));
    return SW.ok;
  }

  /** `80 A2 00 C1`. Returns 9000, 6985 (no certificate or no challenge before), 6A80 or 6300. */
  presentSignature(object: Uint8Array, challenge: Uint8Array | undefined): number {
    if (this.#terminalKey === undefined || challenge === undefined) return SW.conditionsNotMet;
    const signature = signatureIn(object);
    if (signature === undefined) return SW.wrongData;
    this.#passed = verify('sha256', challenge, this.#terminalKey, signature);
    return this.#passed ? SW.ok : SW.wrong;
  }

  forget(): void {
    this.#terminalKey = undefined;
    this.#passed = false;
  }
}

function signatureIn(object: Uint8Array): Uint8Array | undefined {
  const whole = object.length === SIGNATURE_HEAD.length + SIGNATURE_LENGTH;
  return whole && sameBytes(object.subarray(0, SIGNATURE_HEAD.length), SIGNATURE_HEAD)
    ? object.subarray(SIGNATURE_HEAD.length)
    : undefined;
}

function rsaKey(modulus: Uint8Array): KeyObject {
  return createPublicKey({
    key: { kty: 'RSA', n: Buffer.from(modulus).toString('base64url'), e: 'AQAB' },
    format: 'jwk',
  });
}
