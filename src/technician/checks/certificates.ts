import { createPrivateKey, X509Certificate } from 'node:crypto';
import type { Finding } from '../self-test.ts';

export type HeldCertificate = {
  /** As the technician knows it: `device`, `gateway CA`, `desk`. */
  readonly name: string;
  /** PEM or DER. */
  readonly cert: string | Uint8Array;
  /** PEM; absent for an authority, whose key is not here. */
  readonly key?: string | Uint8Array;
};

const DAY_MS = 86_400_000;

/** Whether each can be read, is of its time and belongs to its key. Says how many days each has left. */
export function checkCertificates(certificates: readonly HeldCertificate[], now: Date): Finding {
  const judged = certificates.map((each) => judge(each, now));
  const wrong = judged.filter(({ ok }) => !ok).map(({ words }) => words);
  if (wrong.length > 0) return { at: 'failed', code: 'UNIT-956', detail: wrong.join('; ') };
  return { at: 'ok', found: judged.map(({ words }) => words).join(', ') };
}

function judge({ name, cert, key }: HeldCertificate, now: Date): { readonly ok: boolean; readonly words: string } {
  const bad = (what: string) => ({ ok: false, words: `${name}: ${what}` });
  let certificate: X509Certificate;
  try {
    certificate = new X509Certificate(cert);
  } catch {
    return bad('cannot be read');
  }
  const [from, to] = [new Date(certificate.validFrom), new Date(certificate.validTo)];
  if (now < from) return bad(`begins only on ${day(from)}`);
  if (now > to) return bad(`ended on ${day(to)}`);
  if (key !== undefined && !belongs(certificate, key)) return bad('does not belong to its key');
  return { ok: true, words: `${name} ${Math.floor((to.getTime() - now.getTime()) / DAY_MS)} days` };
}

function belongs(certificate: X509Certificate, key: string | Uint8Array): boolean {
  try {
    return certificate.checkPrivateKey(createPrivateKey(typeof key === 'string' ? key : Buffer.from(key)));
  } catch {
    return false;
  }
}

const day = (date: Date): string => date.toISOString().slice(0, 10);
