/** What a card of plastic has beside JPKI: its face, the person as text, and what it says of itself. A phone has none. */
import { randomBytes } from 'node:crypto';
import type { Persona } from '../personas.ts';
import type { BenchPki } from '../pki/bench-pki.ts';
import { cvKey } from '../pki/cv-certificate.ts';
import { makeRsaKey } from '../pki/keys.ts';
import type { Application } from './application.ts';
import { ascii } from './bytes.ts';
import { cardFaceApplication } from './card-face-application.ts';
import { cardFaceFile } from './card-face-file.ts';
import { type CommonParts, commonApplications, issuerDomain } from './common-applications.ts';
import { inputSupportApplication } from './input-support-application.ts';
import { Secret } from './secret.ts';
import { textImage } from './text-image.ts';

export type PlasticParts = {
  readonly persona: Persona;
  readonly pki: BenchPki;
  /** YYYY-MM-DD */
  readonly birth: string;
  /** YYYYMMDD */
  readonly expiry: string;
  readonly codeB: string;
  readonly portraitJp2: Uint8Array;
};

const PIN_TRIES = 3;
/** No municipality has it. */
const MUNICIPALITY = '00000';

export async function plasticApplications(parts: PlasticParts): Promise<readonly Application[]> {
  const { persona, pki, expiry, codeB, portraitJp2 } = parts;
  const { certificate: cvCertificate, privateKey: municipalityKey } = pki.cv.municipality;
  // One key for both applications: whether a real card has two is not known.
  const ownKey = await makeRsaKey();
  const birth = parts.birth.replaceAll('-', '');
  const { sex, name, address } = persona;
  const codeA = fictitiousNumber();
  const [namePng, addressPng, securityCodePng, numberPng] = await Promise.all([
    textImage(persona.printedName ?? name, 360, 48),
    textImage(address, 560, 40),
    textImage(persona.securityCode, 96, 32),
    textImage(codeA, 240, 40),
  ]);
  const cardFace = cardFaceFile(
    { birth, sex, ownKey: cvKey(ownKey.publicKey), namePng, addressPng, portraitJp2, expiry, securityCodePng },
    municipalityKey,
  );
  // All PINs of a card without one are blocked, as that of JPKI is (inferred).
  const pin = () => new Secret(ascii(persona.pin), PIN_TRIES, persona.hasPin ? PIN_TRIES : 0);
  const common: CommonParts = {
    serial: digits(15),
    municipality: MUNICIPALITY,
    expiry,
    commonPin: pin(),
    jukiPin: pin(),
  };
  const signed = { birth, codeA, codeB, cvCertificate, municipalityKey, ownKey };
  return [
    cardFaceApplication({ ...signed, cardFace, numberPng, municipality: MUNICIPALITY }),
    inputSupportApplication({ ...signed, name, address, sex, pin: pin() }),
    ...commonApplications(common),
    issuerDomain(common),
  ];
}

/** Twelve digits in the place of a My Number whose check digit is wrong on purpose: nobody's. */
function fictitiousNumber(): string {
  const number = digits(11);
  const weights = [6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2];
  const remainder = [...number].reduce((sum, digit, index) => sum + Number(digit) * (weights[index] ?? 0), 0) % 11;
  const checkDigit = remainder <= 1 ? 0 : 11 - remainder;
  return number + String((checkDigit + 1) % 10);
}

function digits(count: number): string {
  return Array.from(randomBytes(count), (byte) => byte % 10).join('');
}
