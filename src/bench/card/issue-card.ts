import { randomBytes } from 'node:crypto';
import { birthOn } from '../persona.ts';
import type { Persona } from '../personas.ts';
import type { BenchPki } from '../pki/bench-pki.ts';
import { makeRsaKey } from '../pki/keys.ts';
import type { Application } from './application.ts';
import { ascii } from './bytes.ts';
import { jpkiApplication } from './jpki-application.ts';
import { MyNumberCard } from './my-number-card.ts';
import { createMuteCard, createOtherCard } from './other-cards.ts';
import { plasticApplications } from './plastic-applications.ts';
import { Secret } from './secret.ts';
import { expiryDate, verificationCodeB } from './verification-code.ts';
import type { VirtualCard } from './virtual-card.ts';

export type IssueOptions = {
  /** A JP2 file; empty for a card without a portrait. */
  readonly portraitJp2: Uint8Array;
  readonly now: Date;
  /** Where the card's challenges come from. */
  readonly random?: (length: number) => Uint8Array;
};

const DAY_MS = 86_400_000;
const PIN_TRIES = 3;
const PASSWORD_TRIES = 5;
/** The signature password of every bench card; no reader of ours asks for it. */
export const SIGN_PASSWORD = 'BENCH123';

const tokenLabels = { card: 'JPKIAPICCTOKEN2', android: 'JPKIAPGPSETOKEN', iphone: 'JPKIAPIOSTOKEN' } as const;

/**
 * Issues what the persona carries: a My Number card or phone with fresh keys and certificates (revoked at once where
 * the persona's is), or a card of another kind. Takes about a third of a second for the keys.
 */
export async function issueCard(persona: Persona, pki: BenchPki, options: IssueOptions): Promise<VirtualCard> {
  if (persona.kind === 'mute') return createMuteCard();
  if (persona.kind !== 'my-number') return createOtherCard(persona.kind);

  const asksItself = persona.carrier === 'iphone';
  const userPin = asksItself ? undefined : new Secret(ascii(persona.pin), PIN_TRIES, persona.pinTriesLeft);
  const birth = birthOn(persona, options.now);
  const jpki = await issueJpki({ ...persona, birth }, pki, options.now, userPin);
  const expiry = expiryDate(birth, options.now, persona.cardYears);
  const codeB = verificationCodeB(birth, expiry.slice(0, 4), persona.securityCode, persona.birthYear);
  const plastic = persona.carrier === 'card';
  const { portraitJp2 } = options;
  const others = plastic ? await plasticApplications({ persona, pki, birth, expiry, codeB, portraitJp2 }) : [];

  return new MyNumberCard({
    userPin,
    random: options.random ?? randomBytes,
    holder: {
      personaId: persona.id,
      verificationCodeB: plastic ? codeB : undefined,
      certificateDer: jpki.certificate.der,
      serialNumber: jpki.certificate.serialNumber,
      ...(jpki.signCertificateDer && { signCertificateDer: jpki.signCertificateDer }),
      pinTriesLeft: () => userPin?.triesLeft ?? 0,
    },
    applications: [jpki.application, ...others],
  });
}

async function issueJpki(persona: Persona & { readonly birth: string }, pki: BenchPki, now: Date, userPin: Secret | undefined) {
  const [authKey, signKey] = await Promise.all([makeRsaKey(), makeRsaKey()]);
  const notAfter = new Date(now.getTime() + persona.certificateDays * DAY_MS);
  const [certificate, signature] = await Promise.all([
    pki.authCa.issue(authKey, persona, notAfter),
    pki.signCa.issue(signKey, persona, notAfter),
  ]);
  if (persona.certificateRevoked) await pki.revoke(certificate.serialNumber);
  const signs = persona.signatureCertificate;
  const application: Application = jpkiApplication({
    tokenLabel: tokenLabels[persona.carrier],
    userPin,
    // Without a certificate the password is blocked: readers of such cards have been seen to call it locked (inferred).
    signPassword: new Secret(ascii(SIGN_PASSWORD), PASSWORD_TRIES, signs ? PASSWORD_TRIES : 0),
    authKey: authKey.privateKey,
    authCertificate: certificate.der,
    authCaCertificate: pki.authCa.certificateDer,
    signature: signs ? { key: signKey.privateKey, certificate: signature.der } : undefined,
    signCaCertificate: pki.signCa.certificateDer,
    terminalCaKey: pki.terminal.caKey,
  });
  return { application, certificate, signCertificateDer: signs ? signature.der : undefined };
}
