/**
 * The My Number card as issued since 2016: public knowledge of software that reads it (OpenSC, soltia48/myna-card).
 * The next generation (ECDSA P-384, SHA-384, two applications) is announced, its layout not public.
 */
import type { CardProfile } from './card-profile.ts';
import { rsaSha256 } from './rsa-sha256.ts';

const aid = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, 'hex'));

export const MY_NUMBER_CARD: CardProfile = {
  jpki: {
    aid: aid('D392F000260100000001'),
    tokenInfo: 0x0006,
    presence: 0x0008,
    authenticationCertificate: 0x000a,
    authenticationAuthority: 0x000b,
    signatureAuthority: 0x0002,
    authenticationKey: 0x0017,
    authenticationPin: { file: 0x0018, tries: 3 },
    signaturePassword: { file: 0x001b, tries: 5 },
  },
  cardFace: {
    aid: aid('D3921000310001010402'),
    ageRecord: 0x0001,
    face: 0x0002,
    basicInformation: 0x0003,
    certificate: 0x0004,
    birthDate: { file: 0x0011, tries: undefined },
    // Ten is second-hand: an eKYC vendor's guide and a page of the Digital Agency.
    codeB: { file: 0x0012, tries: 10 },
    codeA: { file: 0x0013, tries: 10 },
  },
  inputSupport: {
    aid: aid('D3921000310001010408'),
    attributes: 0x0002,
    digests: 0x0003,
    certificate: 0x0004,
    ownKey: 0x0007,
    pin: { file: 0x0011, tries: 3 },
    codeB: { file: 0x0015, tries: 10 },
  },
  commonCard: { aid: aid('D3921000310001010100'), cardRecord: 0x0001, pin: { file: 0x001c, tries: 3 } },
  juki: { aid: aid('D3921000310001010401'), pin: { file: 0x001c, tries: 3 } },
  issuerDomain: { aid: aid('A0000001510000') },
  algorithm: rsaSha256,
  // A lock of 照合番号B is for good: what may have been misread is not presented below five.
  printedCode: { digits: 14, triesForPeople: 5 },
};
