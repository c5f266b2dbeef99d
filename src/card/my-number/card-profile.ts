/**
 * What one generation of cards differs in from the next, as data: where things are, how often a code may be wrong,
 * how is hashed and signed, and what the printed code looks like. The dialogues take it and know none of it.
 */
import type { SignatureAlgorithm } from './signature-algorithm.ts';

/** Elementary files and keys go by two-byte identifiers; a key is selected as a file is. */
type FileId = number;

/** A key that a code is presented to. `tries`: how many wrong ones it takes when it is new; undefined: not known. */
export type CodeKey = { readonly file: FileId; readonly tries: number | undefined };

export type CardProfile = {
  /** 公的個人認証AP: certificates and keys of the holder. */
  readonly jpki: {
    readonly aid: Uint8Array;
    /** CK_TOKEN_INFO; its first 32 bytes are the token's label. */
    readonly tokenInfo: FileId;
    /** Which of the two certificates there are: 8F is there, for signature and authentication; a third byte unknown. */
    readonly presence: FileId;
    /** 利用者証明用電子証明書: X.509 DER, free to read; and those of the two authorities. */
    readonly authenticationCertificate: FileId;
    readonly authenticationAuthority: FileId;
    readonly signatureAuthority: FileId;
    /** Its private key; signs after the PIN. */
    readonly authenticationKey: FileId;
    /** 利用者証明用暗証番号: four digits. */
    readonly authenticationPin: CodeKey;
    /** 署名用パスワード. */
    readonly signaturePassword: CodeKey;
  };
  /** 券面事項確認AP: what is printed on the card, signed. */
  readonly cardFace: {
    readonly aid: Uint8Array;
    /** Date of birth; opened by `birthDate`, six digits of 照合番号B. */
    readonly ageRecord: FileId;
    /** 券面情報; opened by 照合番号A or B. */
    readonly face: FileId;
    readonly basicInformation: FileId;
    /** CV certificate of the key that signed these files; free to read. */
    readonly certificate: FileId;
    readonly birthDate: CodeKey;
    readonly codeB: CodeKey;
    /** 照合番号A is the My Number: this product never asks for it, nor for the picture of it that only A opens. */
    readonly codeA: CodeKey;
  };
  /** 券面事項入力補助AP: name, address, birth and sex as text. */
  readonly inputSupport: {
    readonly aid: Uint8Array;
    /** 基本4情報; opened by the PIN or 照合番号B. */
    readonly attributes: FileId;
    /** Digests of the files, signed. */
    readonly digests: FileId;
    readonly certificate: FileId;
    /** The application's own public key, signed. */
    readonly ownKey: FileId;
    readonly pin: CodeKey;
    readonly codeB: CodeKey;
  };
  /** 共通カードAP: what the card says of itself. */
  readonly commonCard: { readonly aid: Uint8Array; readonly cardRecord: FileId; readonly pin: CodeKey };
  /** 住基AP. */
  readonly juki: { readonly aid: Uint8Array; readonly pin: CodeKey };
  /** GlobalPlatform issuer security domain. */
  readonly issuerDomain: { readonly aid: Uint8Array };
  readonly algorithm: SignatureAlgorithm;
  /** 照合番号B as it is printed: so many digits, not presented any more where fewer than `triesForPeople` are left. */
  readonly printedCode: { readonly digits: number; readonly triesForPeople: number };
};
