/** 公的個人認証AP: the holder's certificate, PIN and signature. Whatever is verified is forgotten when it is selected anew. */
import { X509Certificate } from 'node:crypto';
import { failed, ok, type Result } from '../../faults/result.ts';
import type { HolderProof, PinStatus } from '../../reception/ports.ts';
import type { CardChannel } from '../card-channel.ts';
import { readBinary, sign } from '../commands.ts';
import { printable } from '../printable.ts';
import { readObject, select } from '../read-file.ts';
import { hexSw, SW } from '../status-words.ts';
import { readTriesOf } from '../tries.ts';
import { MY_NUMBER_CARD } from './my-number-card.ts';
import { hasApplication } from './select-application.ts';
import type { SignatureAlgorithm } from './signature-algorithm.ts';

/** X.509 certificates are a DER SEQUENCE: `30 82 LL LL`. */
const DER_SEQUENCE = 0x30;
/** CK_TOKEN_INFO begins with the label (PKCS#11 §3.2). */
const LABEL_LENGTH = 32;
/** In the presence file: this certificate is there. */
const IS_THERE = 0x8f;

/** Selects the application. Value: whether the card has it. Faults: CARD-101, CARD-104, MOD-*. */
export function selectJpki(channel: CardChannel, profile = MY_NUMBER_CARD): Promise<Result<boolean>> {
  return hasApplication(channel, profile.jpki);
}

/** The authentication PIN as the card counts it; leaves its EF selected. Faults: CARD-101, CARD-104, MOD-*. */
export async function readPinStatus(channel: CardChannel, profile = MY_NUMBER_CARD): Promise<Result<PinStatus>> {
  const tries = await readTriesOf(channel, profile.jpki.authenticationPin.file);
  if (!tries.ok) return tries;
  if (tries.value === undefined) return ok({ at: 'absent' });
  return ok(tries.value === 0 ? { at: 'locked' } : { at: 'ready', triesLeft: tries.value });
}

/** Whether an authentication certificate is on the card. Faults: CARD-101, CARD-104, MOD-*. */
export async function hasCertificate(channel: CardChannel, profile = MY_NUMBER_CARD): Promise<Result<boolean>> {
  const head = await readStart(channel, profile.jpki.authenticationCertificate, 4);
  return head.ok ? ok(head.value?.[0] === DER_SEQUENCE && head.value[1] === 0x82) : head;
}

/**
 * Whether the card says that it has a signature certificate: one of a child under 15, or one without a PIN, has none.
 * Faults: CARD-101, CARD-104, MOD-*.
 */
export async function hasSignatureCertificate(channel: CardChannel, profile = MY_NUMBER_CARD): Promise<Result<boolean>> {
  const presence = await readStart(channel, profile.jpki.presence, 3);
  return presence.ok ? ok(presence.value?.[0] === IS_THERE) : presence;
}

/**
 * The token's label in printable ASCII without its padding: `JPKIAPICCTOKEN2` on a card; empty where there is no token
 * information. Faults: CARD-101, CARD-104, MOD-*.
 */
export async function readTokenLabel(channel: CardChannel, profile = MY_NUMBER_CARD): Promise<Result<string>> {
  const label = await readStart(channel, profile.jpki.tokenInfo, LABEL_LENGTH);
  if (!label.ok) return label;
  return ok(printable(label.value ?? new Uint8Array(0)));
}

/** A certificate that is free to read, as DER; empty when there is none. Faults: CARD-101, CARD-104, MOD-*. */
export async function readCertificate(
  channel: CardChannel,
  which: 'authenticationCertificate' | 'authenticationAuthority' | 'signatureAuthority',
  profile = MY_NUMBER_CARD,
): Promise<Result<Uint8Array>> {
  const there = await select(channel, profile.jpki[which]);
  if (!there.ok) return there;
  return there.value ? readObject(channel, DER_SEQUENCE) : ok(new Uint8Array(0));
}

/**
 * Has the card sign `challenge` after a right PIN, and looks whether it did.
 * Faults: CARD-105 (no certificate), CARD-110 (did not sign), CARD-101, CARD-104, MOD-*.
 */
export async function proveHolder(
  channel: CardChannel,
  challenge: Uint8Array,
  profile = MY_NUMBER_CARD,
): Promise<Result<HolderProof>> {
  const certificate = await readCertificate(channel, 'authenticationCertificate', profile);
  if (!certificate.ok) return certificate;
  if (certificate.value.length === 0) return failed('CARD-105');
  const key = await select(channel, profile.jpki.authenticationKey);
  if (!key.ok) return key;
  const { p1, data } = profile.algorithm.toBeSigned(challenge);
  const answer = await channel.send(sign('selected-key', data, p1));
  if (!answer.ok) return answer;
  const { sw, data: signature } = answer.value;
  if (sw !== SW.ok || signature.length === 0) return failed('CARD-110', hexSw(sw));
  return isSignedBy(certificate.value, challenge, signature, profile.algorithm)
    ? ok({ certificate: certificate.value, signature })
    : failed('CARD-110', 'the signature is not by the key of the certificate');
}

/** The first bytes of a file; undefined when there is no such file or nothing in it. */
async function readStart(channel: CardChannel, fileId: number, length: number): Promise<Result<Uint8Array | undefined>> {
  const there = await select(channel, fileId);
  if (!there.ok) return there;
  if (!there.value) return ok(undefined);
  const answer = await channel.send(readBinary(0, length));
  if (!answer.ok) return answer;
  const { sw, data } = answer.value;
  if (sw === SW.offsetPastEnd) return ok(undefined);
  return sw === SW.ok ? ok(data) : failed('CARD-104', `read file: ${hexSw(sw)}`);
}

function isSignedBy(certificate: Uint8Array, message: Uint8Array, signature: Uint8Array, algorithm: SignatureAlgorithm): boolean {
  try {
    return algorithm.isSigned(message, signature, new X509Certificate(certificate).publicKey);
  } catch {
    // Bytes that are no certificate, or a key that node:crypto does not know.
    return false;
  }
}
