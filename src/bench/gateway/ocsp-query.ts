/** The gateway's question to an OCSP responder, and what its answer is worth (RFC 6960; layout in ocsp-responder.ts). */
import { verify, type X509Certificate } from 'node:crypto';
import { concat, hex, tlv } from '../card/bytes.ts';
import { derAt, readDer } from '../pki/der.ts';
import { certificateIdOf } from '../pki/ocsp-certificate-id.ts';
import type { Revocation } from './revocation-list.ts';

const ID_PKIX_OCSP_NONCE = hex('06 09 2B 06 01 05 05 07 30 01 02');

/** @param serialNumber hexadecimal @returns an OCSPRequest, DER */
export function ocspRequest(issuer: X509Certificate, serialNumber: string, nonce: Uint8Array): Uint8Array {
  const list = tlv('30', tlv('30', certificateIdOf(issuer.raw, serialNumber)));
  return tlv('30', tlv('30', concat(list, tlv('A2', tlv('30', nonceExtension(nonce))))));
}

function nonceExtension(nonce: Uint8Array): Uint8Array {
  return tlv('30', concat(ID_PKIX_OCSP_NONCE, tlv('04', tlv('04', nonce))));
}

type Question = {
  readonly issuer: X509Certificate;
  readonly serialNumber: string;
  readonly nonce: Uint8Array;
  readonly now: Date;
};

/** `unknown` unless it is signed by the issuer, of this day, and answers this very question. */
export function ocspVerdict(response: Uint8Array, question: Question): Revocation {
  try {
    return verdict(response, question);
  } catch {
    return 'unknown';
  }
}

function verdict(response: Uint8Array, { issuer, serialNumber, nonce, now }: Question): Revocation {
  if (derAt(response, 0, 0).value[0] !== 0) return 'unknown';
  const basic = derAt(response, 0, 1, 0, 1).value;
  const data = derAt(basic, 0, 0);
  const signature = derAt(basic, 0, 2).value.subarray(1);
  if (!verify('sha256', data.whole, issuer.publicKey, signature)) return 'unknown';
  const parts = readDer(data.value);
  const extensions = parts.find(({ tag }) => tag === 0xa1);
  if (!extensions || !Buffer.from(extensions.value).includes(Buffer.from(nonceExtension(nonce)))) return 'unknown';
  const list = parts.find(({ tag }) => tag === 0x30);
  const [certificateId, status, thisUpdate, nextUpdate] = list ? readDer(derAt(list.value, 0).value) : [];
  if (!certificateId || !status || !thisUpdate || !nextUpdate) return 'unknown';
  if (!Buffer.from(certificateId.whole).equals(certificateIdOf(issuer.raw, serialNumber))) return 'unknown';
  // Responders give times in whole seconds.
  if (timeOf(thisUpdate.value) > now.getTime() || timeOf(derAt(nextUpdate.value, 0).value) < now.getTime()) return 'unknown';
  if (status.tag === 0xa1) return 'revoked';
  return status.tag === 0x80 ? 'good' : 'unknown';
}

/** `YYYYMMDDHHMMSSZ` in milliseconds. */
function timeOf(value: Uint8Array): number {
  const text = Buffer.from(value).toString('latin1');
  const iso = text.replace(/^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z');
  const ms = Date.parse(iso);
  if (Number.isNaN(ms)) throw new Error('not a time');
  return ms;
}
