/** Applications and files of the My Number card (公的個人認証AP, 券面事項確認AP), as public software reads them. */

const aid = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, 'hex'));

/** 公的個人認証AP (JPKI): certificates and keys of the holder. */
export const JPKI = {
  aid: aid('D392F000260100000001'),
  /** CK_TOKEN_INFO; its first 32 bytes are the token's label. */
  tokenInfo: 0x0006,
  /** 利用者証明用電子証明書: X.509 DER, free to read. */
  authenticationCertificate: 0x000a,
  /** Its private key; signs after the PIN. */
  authenticationKey: 0x0017,
  /** 利用者証明用パスワード: four digits, three tries. */
  authenticationPin: 0x0018,
} as const;

/** 券面事項確認AP: what is printed on the card's front, signed. */
export const CARD_FACE = {
  aid: aid('D3921000310001010402'),
  /** 券面情報; opened by 照合番号B. */
  face: 0x0002,
  /** CV certificate of the key that signed it; free to read. */
  certificate: 0x0004,
  /** 照合番号B: 14 digits, ten tries. */
  codeB: 0x0012,
} as const;
