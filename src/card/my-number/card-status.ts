/** All that a technician may ask of a powered card without a code: no try is spent, nothing of the person is read. */
import { ok, type Result } from '../../faults/result.ts';
import type { CardChannel } from '../card-channel.ts';
import { readTriesOf } from '../tries.ts';
import { readBasicInformation } from './basic-information.ts';
import type { CardProfile, CodeKey } from './card-profile.ts';
import { type CertificateStatus, masked, readCertificateStatus } from './certificate-status.ts';
import { readCardRecord } from './common-card.ts';
import { hasSignatureCertificate, readTokenLabel } from './jpki.ts';
import { MY_NUMBER_CARD } from './my-number-card.ts';
import { hasApplication } from './select-application.ts';
import { type TokenKind, tokenKindOf } from './token-kind.ts';

/** By what answers as JPKI; `other-card`: nothing does. */
type CardKind = TokenKind | 'other-card';
type ApplicationName = 'jpki' | 'cardFace' | 'inputSupport' | 'commonCard' | 'juki' | 'issuerDomain';

/** `left` is null where the key keeps no counter, `of` where it is not known how many it takes when new. */
type Tries = { readonly left: number | null; readonly of: number | null };

export type CardStatus = {
  readonly kind: CardKind;
  /** Without its padding. */
  readonly tokenLabel?: string;
  readonly applications: readonly ApplicationName[];
  /** The user-authentication certificate. */
  readonly certificate?: CertificateStatus;
  readonly signatureCertificate: boolean;
  /** Whether the card says that it takes extended lengths. */
  readonly extendedLengths?: boolean;
  /** All but its last four digits masked. */
  readonly cardSerial?: string;
  /** The year alone: the day is the holder's birthday. */
  readonly cardExpiryYear?: number;
  /** Only keys that are there. */
  readonly tries: Readonly<Partial<Record<KeyName, Tries>>>;
};

type KeyName = 'pin' | 'signaturePassword' | 'codeA' | 'codeB' | 'birthDate' | 'inputSupportPin' | 'inputSupportCodeB';

const applicationNames = ['jpki', 'cardFace', 'inputSupport', 'commonCard', 'juki', 'issuerDomain'] as const;

type Draft = { -readonly [Key in keyof CardStatus]: CardStatus[Key] };

/** Leaves some application of the card selected. Faults: CARD-101, CARD-104, MOD-*. */
export async function readCardStatus(channel: CardChannel, profile = MY_NUMBER_CARD): Promise<Result<CardStatus>> {
  const applications: ApplicationName[] = [];
  const status: Draft = { kind: 'other-card', applications, signatureCertificate: false, tries: {} };
  for (const name of applicationNames) {
    const there = await hasApplication(channel, profile[name]);
    if (!there.ok) return there;
    if (!there.value) continue;
    applications.push(name);
    const looked = await look[name]?.(channel, profile, status);
    if (looked && !looked.ok) return looked;
  }
  return ok(status);
}

type Look = (channel: CardChannel, profile: CardProfile, status: Draft) => Promise<Result<void>>;

/** What is asked of each application while it is selected. */
const look: Readonly<Partial<Record<ApplicationName, Look>>> = {
  async jpki(channel, profile, status) {
    const label = await readTokenLabel(channel, profile);
    if (!label.ok) return label;
    status.tokenLabel = label.value;
    status.kind = tokenKindOf(label.value);
    const certificate = await readCertificateStatus(channel, profile);
    if (!certificate.ok) return certificate;
    if (certificate.value) status.certificate = certificate.value;
    const signature = await hasSignatureCertificate(channel, profile);
    if (!signature.ok) return signature;
    status.signatureCertificate = signature.value;
    const { authenticationPin: pin, signaturePassword } = profile.jpki;
    return countTries(channel, status, { pin, signaturePassword });
  },
  async cardFace(channel, profile, status) {
    const basics = await readBasicInformation(channel, profile);
    if (!basics.ok) return basics;
    status.extendedLengths = basics.value.extendedLengths;
    const { codeA, codeB, birthDate } = profile.cardFace;
    return countTries(channel, status, { codeA, codeB, birthDate });
  },
  inputSupport: (channel, { inputSupport: { pin, codeB } }, status) =>
    countTries(channel, status, { inputSupportPin: pin, inputSupportCodeB: codeB }),
  async commonCard(channel, profile, status) {
    const record = await readCardRecord(channel, profile);
    if (!record.ok) return record;
    status.cardSerial = masked(record.value.serial);
    status.cardExpiryYear = Number(record.value.expiry.slice(0, 4));
    return ok();
  },
};

async function countTries(
  channel: CardChannel,
  status: Draft,
  keys: Readonly<Partial<Record<KeyName, CodeKey>>>,
): Promise<Result<void>> {
  for (const [name, key] of Object.entries(keys)) {
    const left = await readTriesOf(channel, key.file);
    if (!left.ok) return left;
    if (left.value === undefined) continue;
    const tries: Tries = { left: Number.isFinite(left.value) ? left.value : null, of: key.tries ?? null };
    status.tries = { ...status.tries, [name]: tries };
  }
  return ok();
}
