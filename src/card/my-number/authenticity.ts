import type { KeyObject } from 'node:crypto';
import { failed, ok, type Result } from '../../faults/result.ts';
import type { CardChannel } from '../card-channel.ts';
import { sign } from '../commands.ts';
import { readObject, select } from '../read-file.ts';
import { hexSw, SW } from '../status-words.ts';
import { type AnyRoot, CV_CERTIFICATE, checkCvCertificate } from './cv-certificate.ts';
import type { SignatureAlgorithm } from './signature-algorithm.ts';

/** Whom a reader believes, and where its challenges come from. */
export type Trust = {
  /** Roots that may have certified the signer of a card's files. */
  readonly cvKeys: readonly KeyObject[] | AnyRoot;
  readonly random: (length: number) => Uint8Array;
};

/** The object with `tag` in a file of the selected application. Faults: CARD-106 (missing), CARD-101, CARD-104, MOD-*. */
export async function readFile(channel: CardChannel, fileId: number, tag: number): Promise<Result<Uint8Array>> {
  const selected = await select(channel, fileId);
  if (!selected.ok) return selected;
  return selected.value ? readObject(channel, tag) : failed('CARD-106', 'a file is missing');
}

/**
 * Passive authentication, first half: the key that signed the selected application's files, once its certificate is
 * found to be by a trusted root. Faults: CARD-106, CARD-101, CARD-104, MOD-*.
 */
export async function readSigner(
  channel: CardChannel,
  certificate: number,
  trust: Trust,
  algorithm: SignatureAlgorithm,
): Promise<Result<KeyObject>> {
  const file = await readFile(channel, certificate, CV_CERTIFICATE);
  return file.ok ? checkCvCertificate(file.value, trust.cvKeys, algorithm) : file;
}

/**
 * Active authentication: a copied file cannot sign a fresh challenge with the key that the file names.
 * Faults: CARD-106, CARD-101, CARD-104, MOD-*.
 */
export async function proveOwnKey(
  channel: CardChannel,
  ownKey: KeyObject,
  trust: Trust,
  algorithm: SignatureAlgorithm,
): Promise<Result<void>> {
  const challenge = trust.random(32);
  const { p1, data } = algorithm.toBeSigned(challenge);
  const answer = await channel.send(sign('application-key', data, p1));
  if (!answer.ok) return answer;
  const { sw, data: signature } = answer.value;
  const signed = sw === SW.ok && algorithm.isSigned(challenge, signature, ownKey);
  return signed ? ok() : failed('CARD-106', `the card does not sign with its own key: ${hexSw(sw)}`);
}
