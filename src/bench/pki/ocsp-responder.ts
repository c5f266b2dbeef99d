/**
 * The bench's OCSP responder (RFC 6960), signing with the authority's own key (§4.2.2.2: "the CA who issued").
 *
 *   OCSPRequest  ::= { { [0]? version  [1]? requestor  { { certID, … } … }  [2]? { { { OID, nonce } } } } }
 *   OCSPResponse ::= { ENUMERATED status, [0] { { id-pkix-ocsp-basic, OCTET STRING BasicOCSPResponse } } }
 *   Basic        ::= { tbsResponseData, sha256WithRSA, BIT STRING }
 *   tbsResponseData ::= { [2] keyHash, producedAt, { { certID, status, thisUpdate, [0] nextUpdate } }, [1]? nonce }
 */
import { createHash, type KeyObject, sign } from 'node:crypto';
import { ascii, concat, hex, tlv } from '../card/bytes.ts';
import { derAt, readDer } from './der.ts';
import { certificateIdOf, subjectKeyOf } from './ocsp-certificate-id.ts';

export type CertificateStatus = 'good' | 'revoked' | 'unknown';

type Responder = {
  readonly certificateDer: Uint8Array;
  readonly key: KeyObject;
  /** @param serialNumber hexadecimal, lower case */
  statusOf(serialNumber: string): CertificateStatus;
  readonly now: Date;
};

const ID_PKIX_OCSP_BASIC = hex('06 09 2B 06 01 05 05 07 30 01 01');
const SHA256_WITH_RSA = hex('30 0D 06 09 2A 86 48 86 F7 0D 01 01 0B 05 00');
const MALFORMED_REQUEST = hex('30 03 0A 01 01');
const VALID_FOR_MS = 3_600_000;

/** @returns an OCSPResponse, DER: that the request is malformed, or the status of the first certificate it asks of */
export function answerOcsp(request: Uint8Array, responder: Responder): Uint8Array {
  try {
    const parts = readDer(derAt(request, 0, 0).value);
    const list = parts.find(({ tag }) => tag === 0x30);
    const nonce = parts.find(({ tag }) => tag === 0xa2);
    if (!list) return MALFORMED_REQUEST;
    return respond(derAt(list.value, 0, 0).whole, nonce?.value, responder);
  } catch {
    return MALFORMED_REQUEST;
  }
}

function respond(certificateId: Uint8Array, nonce: Uint8Array | undefined, responder: Responder): Uint8Array {
  const { certificateDer, key, statusOf, now } = responder;
  const serialNumber = Buffer.from(derAt(certificateId, 0, 3).value).toString('hex');
  const ours = certificateIdOf(certificateDer, serialNumber);
  const status = Buffer.from(certificateId).equals(ours) ? statusOf(serialNumber) : 'unknown';
  const single = tlv('30', concat(certificateId, statusElement(status, now), time(now), tlv('A0', time(later(now)))));
  const keyHash = createHash('sha1').update(subjectKeyOf(certificateDer)).digest();
  const extensions = nonce ? tlv('A1', nonce) : new Uint8Array();
  const data = tlv('30', concat(tlv('A2', tlv('04', keyHash)), time(now), tlv('30', single), extensions));
  const signature = tlv('03', concat(Uint8Array.of(0), sign('sha256', data, key)));
  const basic = tlv('30', concat(data, SHA256_WITH_RSA, signature));
  return tlv('30', concat(hex('0A 01 00'), tlv('A0', tlv('30', concat(ID_PKIX_OCSP_BASIC, tlv('04', basic))))));
}

function statusElement(status: CertificateStatus, at: Date): Uint8Array {
  if (status === 'revoked') return tlv('A1', time(at));
  return status === 'good' ? hex('80 00') : hex('82 00');
}

function later(now: Date): Date {
  return new Date(now.getTime() + VALID_FOR_MS);
}

/** GeneralizedTime, `YYYYMMDDHHMMSSZ`. */
function time(at: Date): Uint8Array {
  return tlv('18', ascii(`${at.toISOString().replace(/[-:T]/g, '').slice(0, 14)}Z`));
}
