/** Whether a certificate is what the user-authentication authority issues for a card, and nothing else of it. */
import { X509Certificate } from 'node:crypto';
import * as x509 from '../../desk/x509.ts';

/** The policy of user authentication; see user-ca.ts for how much of it is known. */
const USER_AUTHENTICATION = '1.2.392.200149.8.5.1.3.30';
const KNOWN_CRITICAL = new Set(['2.5.29.15', '2.5.29.19', '2.5.29.32', '2.5.29.17']);
const AUTHORITY = 'an authority’s certificate, not a person’s';
const SHA256_WITH_RSA = 'sha256WithRSAEncryption';
/** Five years, and the days up to the holder's birthday. */
const LONGEST_TERM_MS = (5 * 365 + 366) * 86_400_000;

/** The certificate, when these bytes are one and nothing more. */
export function readCertificate(der: Uint8Array): X509Certificate | undefined {
  try {
    const certificate = new X509Certificate(der);
    return certificate.raw.length === der.length ? certificate : undefined;
  } catch {
    return undefined;
  }
}

/** What is wrong with its chain to `issuer`, or undefined. */
export function chainFault(certificate: X509Certificate, issuer: X509Certificate): string | undefined {
  if (certificate.ca) return AUTHORITY;
  if (certificate.issuer !== issuer.subject) return 'issued by another authority';
  if (!certificate.verify(issuer.publicKey)) return 'not signed by the authority whose name it bears';
  return undefined;
}

/** What is not as the profile has it, or undefined. */
export function profileFault(certificate: X509Certificate): string | undefined {
  const read = new x509.X509Certificate(Uint8Array.from(certificate.raw));
  if (read.getExtension(x509.BasicConstraintsExtension)?.ca) return AUTHORITY;
  const { asymmetricKeyType, asymmetricKeyDetails } = certificate.publicKey;
  if (asymmetricKeyType !== 'rsa') return 'a key that is not RSA';
  if (asymmetricKeyDetails?.modulusLength !== 2048) return 'an RSA key of another length than 2048 bits';
  if (asymmetricKeyDetails.publicExponent !== 65_537n) return 'an RSA key with another exponent than 65537';
  if (certificate.signatureAlgorithm !== SHA256_WITH_RSA) return 'signed with another algorithm than SHA-256 with RSA';
  if (read.extensions.some(({ critical, type }) => critical && !KNOWN_CRITICAL.has(type)))
    return 'a critical extension that is not known';
  const usage = read.getExtension(x509.KeyUsagesExtension)?.usages;
  if (usage !== x509.KeyUsageFlags.digitalSignature) return 'a key usage other than digital signature';
  const policies = read.getExtension(x509.CertificatePolicyExtension)?.policies ?? [];
  if (!policies.includes(USER_AUTHENTICATION)) return 'a policy other than user authentication';
  const termMs = certificate.validToDate.getTime() - certificate.validFromDate.getTime();
  if (termMs > LONGEST_TERM_MS) return 'a longer term than the authority gives';
  return undefined;
}
