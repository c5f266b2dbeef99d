/**
 * People whose card is like any other: what is special of them stands in the gateway's database (see gateway/insurance-cases,
 * subsidies, prescriptions). Invented as all others are.
 */
import { bornYearsAgo, ordinary, type Persona } from './persona.ts';

type Story = Partial<Persona> & Pick<Persona, 'id' | 'title' | 'name' | 'kana' | 'birth'>;

/** @param number makes address, security code and insured number their own */
const insured = (number: number, face: string, story: Story): Persona => ({
  ...ordinary,
  address: `栃木県架空市加入町${number}番`,
  face,
  securityCode: String(5000 + 37 * number),
  insurer: { ...ordinary.insurer, id: String(7200 + number) },
  ...story,
});

/** Code 007. */
const MAN = '1';

export const insuredPersonas: readonly Persona[] = [
  insured(1, 'a', {
    id: 'dialysis',
    title: { ja: '人工透析を受けている人（特定疾病）', en: 'Dialysis patient with a specific-disease certificate' },
    name: '記載　治',
    kana: 'ｷｻｲ ｵｻﾑ',
    sex: MAN,
    birth: bornYearsAgo(62, 80),
  }),
  insured(2, 'b', {
    id: 'man-of-70',
    title: { ja: '70歳の人（高齢受給者証2割）', en: 'Man of 70, two tenths' },
    name: '書式　勇',
    kana: 'ｼｮｼｷ ｲｻﾑ',
    sex: MAN,
    birth: bornYearsAgo(70, 150),
  }),
  insured(3, 'c', {
    id: 'woman-of-84',
    title: { ja: '84歳の人（後期高齢者1割）', en: 'Woman of 84, one tenth' },
    name: '様式　ふみ',
    kana: 'ﾖｳｼｷ ﾌﾐ',
    birth: bornYearsAgo(84, 20),
  }),
  insured(4, 'd', {
    id: 'elderly-two-tenths',
    title: { ja: '後期高齢者2割の人', en: 'Over 75, two tenths' },
    name: '用紙　節子',
    kana: 'ﾖｳｼ ｾﾂｺ',
    birth: bornYearsAgo(79, 300),
  }),
  insured(5, 'e', {
    id: 'wrong-ratio',
    title: { ja: '20歳で負担割合が2割と届く人', en: 'Age 20 with a ratio that nobody of that age has' },
    name: '帳票　蓮',
    kana: 'ﾁｮｳﾋｮｳ ﾚﾝ',
    sex: MAN,
    birth: bornYearsAgo(20, 120),
  }),
  insured(6, 'f', {
    id: 'newer-eligibility',
    title: { ja: '資格が無効で、新しい資格がある人', en: 'Eligibility lost, a newer one is known' },
    name: '更新　彩',
    kana: 'ｺｳｼﾝ ｱﾔ',
    birth: bornYearsAgo(43, 60),
    validity: '3',
  }),
  insured(7, 'a', {
    id: 'several-insurers',
    title: { ja: '資格が複数該当する人', en: 'Several eligibilities' },
    name: '重複　実',
    kana: 'ﾁｮｳﾌｸ ﾐﾉﾙ',
    sex: MAN,
    birth: bornYearsAgo(38, 15),
    validity: '5',
  }),
  insured(8, 'b', {
    id: 'welfare',
    title: { ja: '生活保護（医療券あり）の人', en: 'Public assistance with a medical ticket' },
    name: '扶助　和',
    kana: 'ﾌｼﾞｮ ﾅｺﾞﾐ',
    birth: bornYearsAgo(57, 33),
  }),
  insured(9, 'c', {
    id: 'welfare-unregistered',
    title: { ja: '生活保護（医療券が未登録）の人', en: 'Public assistance, ticket not registered yet' },
    name: '申請　光',
    kana: 'ｼﾝｾｲ ﾋｶﾙ',
    birth: bornYearsAgo(48, 210),
    validity: '6',
  }),
  insured(10, 'd', {
    id: 'high-cost-limit',
    title: { ja: '限度額区分のある人', en: 'With a high-cost limit' },
    name: '限度　歩美',
    kana: 'ｹﾞﾝﾄﾞ ｱﾕﾐ',
    birth: bornYearsAgo(54, 5),
  }),
  insured(11, 'e', {
    id: 'day-labourer',
    title: { ja: '日雇特例の人（薬剤・健診情報なし）', en: 'Day labourer: neither medicines nor check-ups can be had' },
    name: '日々　健',
    kana: 'ﾋﾋﾞ ｹﾝ',
    sex: MAN,
    birth: bornYearsAgo(46, 140),
  }),
  insured(12, 'f', {
    id: 'child-subsidy',
    title: { ja: 'こども医療費の受給者証がある子', en: 'Child with a certificate of the children’s subsidy' },
    name: '受給　ひなた',
    kana: 'ｼﾞｭｷｭｳ ﾋﾅﾀ',
    birth: bornYearsAgo(9, 44),
    signatureCertificate: false,
  }),
  insured(13, 'a', {
    id: 'grown-up-subsidy',
    title: { ja: 'こども医療費の受給者証が切れた人', en: 'Grown up: the children’s subsidy has ended' },
    name: '成人　樹',
    kana: 'ｾｲｼﾞﾝ ｲﾂｷ',
    sex: MAN,
    birth: bornYearsAgo(20, 10),
  }),
  insured(14, 'b', {
    id: 'intractable-disease',
    title: { ja: '指定難病の受給者証がある人', en: 'With a certificate for an intractable disease' },
    name: '指定　冬子',
    kana: 'ｼﾃｲ ﾌﾕｺ',
    birth: bornYearsAgo(41, 77),
  }),
  insured(15, 'c', {
    id: 'pharmacy-visitor',
    title: { ja: '電子処方箋を持つ人（薬局）', en: 'With electronic prescriptions, for a pharmacy' },
    name: '処方　律',
    kana: 'ｼｮﾎｳ ﾘﾂ',
    birth: bornYearsAgo(36, 88),
  }),
  insured(16, 'd', {
    id: 'renewed-card',
    title: { ja: 'カードを更新して初めて使う人', en: 'Renewed card at its first use' },
    name: '新規　望',
    kana: 'ｼﾝｷ ﾉｿﾞﾐ',
    birth: bornYearsAgo(50, 66),
    renewed: true,
  }),
];
