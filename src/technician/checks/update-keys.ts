import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Finding } from '../self-test.ts';

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/** @param keyring the authorities whose updates are believed: PEM, one after the other */
export function checkUpdateKeys(keyring: string, now: Date): Finding {
  const failed = (detail: string): Finding => ({ at: 'failed', code: 'UNIT-958', detail });
  let pem: string;
  try {
    pem = readFileSync(keyring, 'utf8');
  } catch (error) {
    return failed(`${keyring} cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
  let authorities: X509Certificate[];
  try {
    authorities = (pem.match(CERTIFICATE) ?? []).map((each) => new X509Certificate(each));
  } catch {
    return failed(`${keyring} holds something that is no certificate`);
  }
  if (authorities.length === 0) return failed(`${keyring} holds no certificate`);
  const ended = authorities.find(({ validTo }) => new Date(validTo) < now);
  if (ended) return failed(`${nameOf(ended)} has ended (${ended.validTo})`);
  return { at: 'ok', found: authorities.map(describe).join(', ') };
}

/** Test keys say so in their name: whoever holds them may be anybody. */
function describe(authority: X509Certificate): string {
  const name = nameOf(authority);
  const fingerprint = authority.fingerprint256.replaceAll(':', '').slice(0, 16).toLowerCase();
  return `${name} (${fingerprint})${/\btest\b/i.test(name) ? ', TEST KEYS: not for a clinic' : ''}`;
}

const nameOf = ({ subject }: X509Certificate): string => /^CN=(.+)$/m.exec(subject)?.[1] ?? subject.replaceAll('\n', ' ');
