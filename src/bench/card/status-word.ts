/** The status words that the bench's card gives (ISO 7816-4, 5.1.3). */
export const SW = {
  ok: 0x9000,
  /** 61XX: XX bytes wait for GET RESPONSE; 00 stands for 256. */
  moreWaiting: 0x6100,
  /** Wrong, and no counter is kept. */
  wrong: 0x6300,
  /** 63CX: wrong, X tries left; also the answer to an empty VERIFY. */
  wrongTriesLeft: 0x63c0,
  wrongLength: 0x6700,
  /** The selected EF is of the wrong kind for this command. */
  wrongFileKind: 0x6981,
  securityStatus: 0x6982,
  /** The key is blocked. */
  blocked: 0x6984,
  conditionsNotMet: 0x6985,
  noFileSelected: 0x6986,
  wrongData: 0x6a80,
  notSupported: 0x6a81,
  notFound: 0x6a82,
  recordNotFound: 0x6a83,
  wrongParameters: 0x6a86,
  /** GET DATA: no such object. */
  dataNotFound: 0x6a88,
  /** The offset is past the end. */
  wrongOffset: 0x6b00,
  /** 6CXX: Le must be XX; 00 stands for 256. */
  wrongLe: 0x6c00,
  unknownInstruction: 0x6d00,
  unknownClass: 0x6e00,
} as const;
