import { randomBytes } from 'node:crypto';
import type { Persona } from '../personas.ts';
import type { BenchPki } from '../pki/bench-pki.ts';
import { cvKey } from '../pki/cv-certificate.ts';
import { makeRsaKey } from '../pki/keys.ts';
import type { Application } from './application.ts';
import { ascii } from './bytes.ts';
import { cardFaceApplication } from './card-face-application.ts';
import { cardFaceFile } from './card-face-file.ts';
import { inputSupportApplication } from './input-support-application.ts';
import { jpkiApplication } from './jpki-application.ts';
import { MyNumberCard } from './my-number-card.ts';
import { createMuteCard, createTransitCard } from './other-cards.ts';
import { Secret } from './secret.ts';
import { textImage } from './text-image.ts';
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
const SIGN_PASSWORD = 'BENCH123';

/**
 * Issues what the persona carries: a My Number card with fresh keys and certificates (revoked at once where the
 * persona's is), a transit card, or a mute one. Takes about a third of a second for the keys.
 */
export async function issueCard(persona: Persona, pki: BenchPki, options: IssueOptions): Promise<VirtualCard> {
  if (persona.kind === 'transit') return createTransitCard();
  if (persona.kind === 'mute') return createMuteCard();

  const [authKey, signKey, ownKey] = await Promise.all([makeRsaKey(), makeRsaKey(), makeRsaKey()]);
  const notAfter = new Date(options.now.getTime() + persona.certificateDays * DAY_MS);
  const [auth, signature] = await Promise.all([
    pki.authCa.issue(authKey, persona, notAfter),
    pki.signCa.issue(signKey, persona, notAfter),
  ]);
  if (persona.certificateRevoked) await pki.revoke(auth.serialNumber);

  const expiry = expiryDate(persona.birth, options.now);
  const codeA = fictitiousNumber();
  const codeB = verificationCodeB(persona.birth, expiry.slice(0, 4), persona.securityCode);
  const birth = persona.birth.replaceAll('-', '');
  const cvCertificate = pki.cv.municipality.certificate;
  const [namePng, addressPng, securityCodePng, numberPng] = await Promise.all([
    textImage(persona.name, 360, 48),
    textImage(persona.address, 560, 40),
    textImage(persona.securityCode, 96, 32),
    textImage(codeA, 240, 40),
  ]);
  const cardFace = cardFaceFile(
    {
      birth,
      sex: persona.sex,
      ownKey: cvKey(ownKey.publicKey),
      namePng,
      addressPng,
      portraitJp2: options.portraitJp2,
      expiry,
      securityCodePng,
    },
    pki.cv.municipality.privateKey,
  );
  const userPin = new Secret(ascii(persona.pin), PIN_TRIES, persona.pinTriesLeft);

  return new MyNumberCard({
    userPin,
    random: options.random ?? randomBytes,
    holder: {
      personaId: persona.id,
      verificationCodeB: codeB,
      certificateDer: auth.der,
      serialNumber: auth.serialNumber,
      pinTriesLeft: () => userPin.triesLeft,
    },
    applications: [
      jpkiApplication({
        userPin,
        signPassword: new Secret(ascii(SIGN_PASSWORD), PASSWORD_TRIES),
        authKey: authKey.privateKey,
        signKey: signKey.privateKey,
        authCertificate: auth.der,
        signCertificate: signature.der,
        authCaCertificate: pki.authCa.certificateDer,
        signCaCertificate: pki.signCa.certificateDer,
        terminalCaKey: pki.terminal.caKey,
      }),
      cardFaceApplication({ birth, codeA, codeB, cardFace, numberPng, cvCertificate, ownKey: ownKey.privateKey }),
      inputSupportApplication({
        pin: persona.pin,
        codeA,
        codeB,
        name: persona.name,
        address: persona.address,
        birth,
        sex: persona.sex,
        cvCertificate,
      }),
      ...selectableOnly,
    ],
  });
}

/** 共通カード, 住基 and the GlobalPlatform ISD: there, but nothing in them is simulated. */
const selectableOnly: readonly Application[] = [
  { aid: 'D3921000310001010100', files: new Map() },
  { aid: 'D3921000310001010401', files: new Map() },
  { aid: 'A0000001510000', files: new Map() },
];

/** Twelve digits in the place of a My Number whose check digit is wrong on purpose: nobody's. */
function fictitiousNumber(): string {
  const digits = Array.from(randomBytes(11), (byte) => byte % 10);
  const weights = [6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2];
  const remainder = digits.reduce((sum, digit, index) => sum + digit * (weights[index] ?? 0), 0) % 11;
  const checkDigit = remainder <= 1 ? 0 : 11 - remainder;
  return [...digits, (checkDigit + 1) % 10].join('');
}
