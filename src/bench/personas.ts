/**
 * The people of the bench: invented names, numbers and insurers. Their faces are cut from sample photographs
 * that a development dependency ships (see faces.ts); nobody pictured has anything to do with the data here.
 */

/** Which lying-there thing the dock can place. */
type CardKind = 'my-number' | 'transit' | 'mute';

export type Persona = {
  readonly id: string;
  /** What the dock calls it. */
  readonly title: { readonly ja: string; readonly en: string };
  readonly kind: CardKind;
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
  /** Test PIN of the user-authentication key. */
  readonly pin: string;
  /** How many PIN tries the card has left when it is issued, 0…3. */
  readonly pinTriesLeft: number;
  /** Days from today until the user-authentication certificate ends; negative when it has ended. */
  readonly certificateDays: number;
  readonly certificateRevoked: boolean;
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
  sex: '2',
  pin: '1234',
  pinTriesLeft: 3,
  certificateDays: 900,
  certificateRevoked: false,
  validity: '1',
  postNumber: '100-0000',
  insurer: { number: '06139999', name: 'かざす健康保険組合（架空）', symbol: '１２３', id: '4567', branch: '01' },
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
    id: 'transit-card',
    title: { ja: '交通系カード（マイナンバーカードではない）', en: 'Transit card, not a My Number card' },
    kind: 'transit',
    name: '',
    kana: '',
    birth: '1990-01-01',
    address: '',
    face: undefined,
    securityCode: '0000',
  },
  {
    ...ordinary,
    id: 'mute-card',
    title: { ja: '反応しないカード', en: 'Card that does not answer' },
    kind: 'mute',
    name: '',
    kana: '',
    birth: '1990-01-01',
    address: '',
    face: undefined,
    securityCode: '0000',
  },
];

export function personaById(id: string): Persona | undefined {
  return personas.find((persona) => persona.id === id);
}
