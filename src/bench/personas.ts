/**
 * The people of the bench: invented names, numbers and insurers. Their faces are cut from sample photographs
 * that a development dependency ships (see faces.ts); nobody pictured has anything to do with the data here.
 */

/** Which lying-there thing the dock can place. */
type CardKind = 'my-number' | 'transit' | 'licence' | 'payment' | 'mute';

export type Persona = {
  readonly id: string;
  /** What the dock calls it. */
  readonly title: { readonly ja: string; readonly en: string };
  readonly kind: CardKind;
  /** What a My Number card is on: plastic, or a phone, which has the certificates but neither face nor print. */
  readonly carrier: 'card' | 'android' | 'iphone';
  /** Family and given name with one ideographic space between. */
  readonly name: string;
  /** Half-width katakana, as the OQS result has it. */
  readonly kana: string;
  /** 1 male, 2 female (code 007). */
  readonly sex: '1' | '2';
  /** YYYY-MM-DD */
  readonly birth: string;
  readonly postNumber: string;
  readonly address: string;
  /** Which cut-out of faces.ts is on the card, or none. */
  readonly face: string | undefined;
  /** Four digits printed on the card's front: part of 照合番号B. */
  readonly securityCode: string;
  /** How the year of birth is printed, and so counts in 照合番号B. */
  readonly birthYear: 'japanese' | 'gregorian';
  /** From the birthday in which year on the card is no longer valid, counted from this one; negative: it has expired. */
  readonly cardYears: number;
  /** Test PIN of the user-authentication key, and of the other PINs of the card. */
  readonly pin: string;
  /** False for 顔認証マイナンバーカード: no PIN was ever set, and all are blocked (inferred). */
  readonly hasPin: boolean;
  /** How many PIN tries the card has left when it is issued, 0…3. */
  readonly pinTriesLeft: number;
  /** Days from today until the user-authentication certificate ends; negative when it has ended. */
  readonly certificateDays: number;
  readonly certificateRevoked: boolean;
  /** Whether there is a signature certificate: none before the age of 15, and none without a PIN. */
  readonly signatureCertificate: boolean;
  /** 資格有効性 that the gateway's database holds for this person. */
  readonly validity: '1' | '2' | '3' | '4' | '5' | '6';
  readonly insurer: {
    readonly number: string;
    readonly name: string;
    readonly symbol: string;
    readonly id: string;
    readonly branch: string;
  };
};

const ordinary = {
  kind: 'my-number',
  carrier: 'card',
  sex: '2',
  birthYear: 'japanese',
  cardYears: 5,
  pin: '1234',
  hasPin: true,
  pinTriesLeft: 3,
  certificateDays: 900,
  certificateRevoked: false,
  signatureCertificate: true,
  validity: '1',
  postNumber: '100-0000',
  insurer: { number: '06139999', name: 'かざす健康保険組合（架空）', symbol: '１２３', id: '4567', branch: '01' },
} as const;

/** Whose card says nothing of whoever carries it. */
const nobody = {
  ...ordinary,
  name: '',
  kana: '',
  birth: '1990-01-01',
  address: '',
  face: undefined,
  securityCode: '0000',
} as const;

export const personas: readonly Persona[] = [
  {
    ...ordinary,
    id: 'adult',
    title: { ja: '大人（ふつうのカード）', en: 'Adult, ordinary card' },
    name: '見本　花子',
    kana: 'ﾐﾎﾝ ﾊﾅｺ',
    birth: '1981-05-14',
    address: '東京都架空区見本町一丁目2番3号',
    face: 'a',
    securityCode: '2285',
  },
  {
    ...ordinary,
    id: 'rare-name',
    title: { ja: '名前に髙・﨑のある人', en: 'Name with rare kanji' },
    name: '髙﨑　澪',
    kana: 'ﾀｶｻｷ ﾐｵ',
    birth: '1994-11-30',
    address: '京都府架空市例示町45番地',
    face: 'b',
    securityCode: '0417',
    insurer: { ...ordinary.insurer, id: '7001' },
  },
  {
    ...ordinary,
    id: 'pin-locked',
    title: { ja: '暗証番号がロック中の人', en: 'PIN locked' },
    name: '例示　恵',
    kana: 'ﾚｲｼﾞ ﾒｸﾞﾐ',
    birth: '1960-02-29',
    address: '北海道架空市仮町7番',
    face: 'c',
    securityCode: '9036',
    pinTriesLeft: 0,
    insurer: { ...ordinary.insurer, id: '7002' },
  },
  {
    ...ordinary,
    id: 'one-try-left',
    title: { ja: '暗証番号があと1回の人', en: 'One PIN try left' },
    name: '仮名　桜',
    kana: 'ｶﾒｲ ｻｸﾗ',
    birth: '1989-01-08',
    address: '福岡県架空市仮名一丁目1番1号',
    face: 'd',
    securityCode: '5510',
    pinTriesLeft: 1,
    insurer: { ...ordinary.insurer, id: '7003' },
  },
  {
    ...ordinary,
    id: 'lost-eligibility',
    title: { ja: '資格を失った人', en: 'Eligibility lost' },
    name: '試験　茜',
    kana: 'ｼｹﾝ ｱｶﾈ',
    birth: '2000-07-07',
    address: '大阪府架空市試験町9番',
    face: 'e',
    securityCode: '3301',
    validity: '2',
    insurer: { ...ordinary.insurer, id: '7004' },
  },
  {
    ...ordinary,
    id: 'not-found',
    title: { ja: '該当する資格がない人', en: 'No eligibility found' },
    name: '架空　楓',
    kana: 'ｶｸｳ ｶｴﾃﾞ',
    birth: '1975-12-31',
    address: '愛知県架空市架空町3番',
    face: 'f',
    securityCode: '6128',
    validity: '4',
    insurer: { ...ordinary.insurer, id: '7005' },
  },
  {
    ...ordinary,
    id: 'certificate-expired',
    title: { ja: '電子証明書の期限が切れた人', en: 'Certificate expired' },
    name: '模擬　梓',
    kana: 'ﾓｷﾞ ｱｽﾞｻ',
    birth: '1968-04-01',
    address: '宮城県架空市模擬町21番',
    face: 'a',
    securityCode: '7742',
    certificateDays: -200,
    insurer: { ...ordinary.insurer, id: '7006' },
  },
  {
    ...ordinary,
    id: 'certificate-revoked',
    title: { ja: '電子証明書が失効した人', en: 'Certificate revoked' },
    name: '模型　遥',
    kana: 'ﾓｹｲ ﾊﾙｶ',
    birth: '1999-09-09',
    address: '沖縄県架空市模型町8番',
    face: 'b',
    securityCode: '1919',
    certificateRevoked: true,
    insurer: { ...ordinary.insurer, id: '7007' },
  },
  {
    ...ordinary,
    id: 'no-pin-card',
    title: { ja: '顔認証マイナンバーカード（暗証番号なし）', en: 'Card without a PIN (face authentication only)' },
    name: '仮想　すみれ',
    kana: 'ｶｿｳ ｽﾐﾚ',
    birth: '1942-10-03',
    address: '長野県架空市仮想町12番地',
    face: 'c',
    securityCode: '4470',
    hasPin: false,
    pinTriesLeft: 0,
    signatureCertificate: false,
    insurer: { ...ordinary.insurer, id: '7008' },
  },
  {
    ...ordinary,
    id: 'small-child',
    title: { ja: '乳児（顔写真のないカード）', en: 'Small child, card without a portrait' },
    name: '見本　ひより',
    kana: 'ﾐﾎﾝ ﾋﾖﾘ',
    birth: '2025-06-18',
    address: '東京都架空区見本町一丁目2番3号',
    face: undefined,
    securityCode: '8052',
    signatureCertificate: false,
    insurer: { ...ordinary.insurer, branch: '02' },
  },
  {
    ...ordinary,
    id: 'foreign-holder',
    title: { ja: '外国籍の人（ローマ字の氏名）', en: 'Foreign holder, name in roman letters' },
    name: 'ＳＡＭＰＬＥ　ＭＡＲＩＡ',
    kana: 'ｻﾝﾌﾟﾙ ﾏﾘｱ',
    birth: '1987-03-25',
    address: '神奈川県架空市例示台5番6号',
    face: 'd',
    securityCode: '2906',
    birthYear: 'gregorian',
    insurer: { ...ordinary.insurer, id: '7009' },
  },
  {
    ...ordinary,
    id: 'card-expired',
    title: { ja: 'カードの有効期限が切れた人', en: 'Card expired' },
    name: '雛形　葵',
    kana: 'ﾋﾅｶﾞﾀ ｱｵｲ',
    birth: '1973-08-08',
    address: '広島県架空市雛形町30番',
    face: 'e',
    securityCode: '1573',
    cardYears: -1,
    // A certificate never outlives its card.
    certificateDays: -400,
    insurer: { ...ordinary.insurer, id: '7010' },
  },
  {
    ...ordinary,
    id: 'certificate-ending',
    title: { ja: '電子証明書の期限が近い人（3か月以内）', en: 'Certificate ends within three months' },
    name: '試作　凛',
    kana: 'ｼｻｸ ﾘﾝ',
    birth: '1996-12-12',
    address: '静岡県架空市試作町4番',
    face: 'f',
    securityCode: '6614',
    certificateDays: 45,
    insurer: { ...ordinary.insurer, id: '7011' },
  },
  {
    ...ordinary,
    id: 'certificate-grace',
    title: { ja: '電子証明書が切れて3か月以内の人', en: 'Certificate ended less than three months ago' },
    name: '設例　栞',
    kana: 'ｾﾂﾚｲ ｼｵﾘ',
    birth: '1984-01-20',
    address: '石川県架空市設例町16番',
    face: 'a',
    securityCode: '3849',
    certificateDays: -45,
    insurer: { ...ordinary.insurer, id: '7012' },
  },
  {
    ...ordinary,
    id: 'phone-android',
    title: { ja: 'スマートフォン（Android）のマイナンバーカード', en: 'Android phone' },
    carrier: 'android',
    name: '模写　千晴',
    kana: 'ﾓｼｬ ﾁﾊﾙ',
    birth: '2001-11-11',
    address: '兵庫県架空市模写町2番',
    face: undefined,
    securityCode: '0000',
    insurer: { ...ordinary.insurer, id: '7013' },
  },
  {
    ...ordinary,
    id: 'phone-iphone',
    title: { ja: 'スマートフォン（iPhone）のマイナンバーカード', en: 'iPhone' },
    carrier: 'iphone',
    name: '図例　真琴',
    kana: 'ｽﾞﾚｲ ﾏｺﾄ',
    birth: '1992-05-05',
    address: '新潟県架空市図例町7番',
    face: undefined,
    securityCode: '0000',
    insurer: { ...ordinary.insurer, id: '7014' },
  },
  {
    ...nobody,
    id: 'transit-card',
    title: { ja: '交通系カード（マイナンバーカードではない）', en: 'Transit card, not a My Number card' },
    kind: 'transit',
  },
  {
    ...nobody,
    id: 'driving-licence',
    title: { ja: '運転免許証', en: 'Driving licence' },
    kind: 'licence',
  },
  {
    ...nobody,
    id: 'payment-card',
    title: { ja: 'クレジットカード', en: 'Payment card' },
    kind: 'payment',
  },
  {
    ...nobody,
    id: 'mute-card',
    title: { ja: '反応しないカード', en: 'Card that does not answer' },
    kind: 'mute',
  },
];

export function personaById(id: string): Persona | undefined {
  return personas.find((persona) => persona.id === id);
}
