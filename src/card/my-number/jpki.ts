/** 公的個人認証AP: the holder's certificate, PIN and signature. Whatever is verified is forgotten when it is selected anew. */
import { verify, X509Certificate } from 'node:crypto';
import { failed, ok, type Result } from '../../faults/result.ts';
import type { HolderProof, PinStatus } from '../../reception/ports.ts';
import type { CardChannel } from '../card-channel.ts';
import { readBinary, selectApplication, sign } from '../commands.ts';
import { readObject, select } from '../read-file.ts';
import { hexSw, SW } from '../status-words.ts';
import { readTriesLeft } from '../tries.ts';
import { JPKI } from './applications.ts';
import { digestInfo, sha256 } from './digest-info.ts';

/** X.509 certificates are a DER SEQUENCE: `30 82 LL LL`. */
const DER_SEQUENCE = 0x30;
/** CK_TOKEN_INFO begins with the label (PKCS#11 §3.2). */
const LABEL_LENGTH = 32;

/** Selects the application. Value: whether the card has it. Faults: CARD-101, CARD-104, MOD-*. */
export async function selectJpki(channel: CardChannel): Promise<Result<boolean>> {
  const answer = await channel.send(selectApplication(JPKI.aid));
  return answer.ok ? ok(answer.value.sw === SW.ok) : answer;
}

/** The authentication PIN as the card counts it; leaves its EF selected. Faults: CARD-101, CARD-104, MOD-*. */
export async function readPinStatus(channel: CardChannel): Promise<Result<PinStatus>> {
  const there = await select(channel, JPKI.authenticationPin);
  if (!there.ok) return there;
  if (!there.value) return ok({ at: 'absent' });
  const tries = await readTriesLeft(channel);
  if (!tries.ok) return tries;
  return ok(tries.value === 0 ? { at: 'locked' } : { at: 'ready', triesLeft: tries.value });
}

/** Whether an authentication certificate is on the card. Faults: CARD-101, CARD-104, MOD-*. */
export async function hasCertificate(channel: CardChannel): Promise<Result<boolean>> {
  const there = await select(channel, JPKI.authenticationCertificate);
  if (!there.ok || !there.value) return there;
  const answer = await channel.send(readBinary(0, 4));
  if (!answer.ok) return answer;
  const { sw, data } = answer.value;
  return ok(sw === SW.ok && data[0] === DER_SEQUENCE && data[1] === 0x82);
}

/** The token's label without its padding: `JPKIAPICCTOKEN2` on a card. Faults: CARD-101, CARD-104, MOD-*. */
export async function readTokenLabel(channel: CardChannel): Promise<Result<string>> {
  const there = await select(channel, JPKI.tokenInfo);
  if (!there.ok) return there;
  const answer = there.value ? await channel.send(readBinary(0, LABEL_LENGTH)) : failed('CARD-104', 'no token information');
  if (!answer.ok) return answer;
  const { sw, data } = answer.value;
  return sw === SW.ok
    ? ok(Buffer.from(data).toString('latin1').trimEnd())
    : failed('CARD-104', `token information: ${hexSw(sw)}`);
}

/** The authentication certificate as DER. Faults: CARD-105 (none), CARD-101, CARD-104, MOD-*. */
async function readCertificate(channel: CardChannel): Promise<Result<Uint8Array>> {
  const there = await select(channel, JPKI.authenticationCertificate);
  if (!there.ok) return there;
  const certificate = there.value ? await readObject(channel, DER_SEQUENCE) : ok(new Uint8Array(0));
  return certificate.ok && certificate.value.length === 0 ? failed('CARD-105') : certificate;
}

/**
 * Has the card sign `challenge` (RSASSA-PKCS1-v1_5, SHA-256) after a right PIN, and looks whether it did.
 * Faults: CARD-105 (no certificate), CARD-110 (did not sign), CARD-101, CARD-104, MOD-*.
 */
export async function proveHolder(channel: CardChannel, challenge: Uint8Array): Promise<Result<HolderProof>> {
  const certificate = await readCertificate(channel);
  if (!certificate.ok) return certificate;
  const key = await select(channel, JPKI.authenticationKey);
  if (!key.ok) return key;
  const answer = await channel.send(sign('selected-key', digestInfo(sha256(challenge))));
  if (!answer.ok) return answer;
  const { sw, data: signature } = answer.value;
  if (sw !== SW.ok || signature.length === 0) return failed('CARD-110', hexSw(sw));
  return isSignedBy(certificate.value, challenge, signature)
    ? ok({ certificate: certificate.value, signature })
    : failed('CARD-110', 'the signature is not by the key of the certificate');
}

function isSignedBy(certificate: Uint8Array, challenge: Uint8Array, signature: Uint8Array): boolean {
  try {
    return verify('sha256', challenge, new X509Certificate(certificate).publicKey, signature);
  } catch {
    // Bytes that are no certificate, or a key that does not verify.
    return false;
  }
}
