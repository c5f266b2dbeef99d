import type { Mend, Paper } from '../faults/advice.ts';
import type { FaultCode } from '../faults/catalogue.ts';
import type { FaceHint, WaitReason } from '../reception/ports.ts';
import type { ConsentItem } from '../reception/qualification.ts';
import { faultsJa } from './ja-faults.ts';

/** One thing that a patient may share, in the words of the consent screen. */
export type ConsentWords = { readonly name: string; readonly about: string };

/** The words of the kiosk. This file defines the keys: every other language has them all, or does not compile. */
export const ja = {
  /** By BCP 47, for screen readers and the choice of fonts. */
  lang: 'ja',
  /** The language's own name, for the switch. */
  languageName: '日本語',
  chooseLanguage: '言語',
  voice: { name: '声', on: 'オン', off: 'オフ' },
  brand: 'かざす',
  brandAbout: 'マイナ受付',

  stop: 'やめる',
  finish: '終わる',
  goOn: '次へ進む',
  back: 'もどる',
  useFace: '顔で確認する',
  usePin: '暗証番号で確認する',
  useStaff: '職員に確認してもらう',
  keepCard: 'カードはそのままにしてください。',
  keepPhone: 'スマートフォンはそのままにしてください。',
  askStaff: '受付の職員に声をかけてください。',
  /** Instead of a fault's advice where none of its ways is open to this patient. */
  noWay: 'ここでは続けられませんが、\n受付で、別の方法で受け付けられます。',
  staffCode: (code: string) => `職員の方へ　${code}`,

  /** In the last seconds of the time to answer; any touch gives it anew. */
  hurry: { title: 'あと20秒ほどで終わります', extend: '時間を延ばす' },

  simulated: {
    band: (parts: string) => `試験台：${parts}は模擬です`,
    and: '・',
    parts: {
      card: 'カード',
      module: 'モジュール',
      front: '券面',
      camera: 'カメラ',
      gateway: 'ゲートウェイ',
    },
    openDock: '試験台をひらく',
    closeDock: '試験台をとじる',
    dock: '試験台',
  },

  openness: {
    'pin-locked': '暗証番号はロックされているため、使えません。',
    'pin-absent': 'このカードには暗証番号がありません。',
    'no-portrait': 'このカードでは顔認証を使えません。',
    'face-tried': '顔認証では確認できませんでした。',
    'face-off': 'ただいま顔認証は使えません。',
  },

  idle: {
    title: 'マイナンバーカードを\n置いてください',
    way: '顔写真の面を上にして、\n読み取り台に置きます。',
    drawing: '顔写真の面を上にしたカードを、画面の下の読み取り台に置く絵',
    /** The same where the card is put into a slot. */
    slot: {
      title: 'マイナンバーカードを\n差し込んでください',
      way: '顔写真の面を上にして、\n奥まで差し込みます。',
      drawing: '顔写真の面を上にしたカードを、画面の下の差し込み口に入れる絵',
    },
    case: 'ケースから出してください。',
    /** Where phones can be held to the reader as well. */
    phone: 'スマートフォンのマイナンバーカードも、\nかざして使えます。',
    disaster: {
      title: '災害時の受付をしています',
      body: 'カードがない方も受診できます。\n受付で氏名・生年月日・住所をお伝えください。',
    },
  },
  /** What is said otherwise where the card is put into a slot. */
  slot: {
    readingDrawing: '差し込み口に入ったカードの絵',
    takeDrawing: '差し込み口からカードを抜く絵',
    cardGone: '前の方の受付を終えています。\nカードは、このあとに差し込んでください。',
    /** A fault's advice. */
    advice: {
      'CARD-101': 'カードを差し直してください。\n終わるまで、抜かないでください。',
      'CARD-102': 'ケースから出し、顔写真の面を上にして、奥まで差し込んでください。',
      'CARD-103': 'マイナンバーカードを差し込んでください。',
      'CARD-104': 'カードを一度抜き、差し直してください。',
      'CARD-110': 'カードを一度抜き、差し直してください。',
      'PIN-303': 'カードを差し直すと、残りの回数を確かめてから続けられます。',
      'TIME-801': 'カードを差し直すと、はじめからできます。',
      'TIME-802': 'カードを抜いてください。\n差し直すと、はじめからできます。',
      'SYS-903': 'カードを差し直すと、はじめからできます。',
    } satisfies Partial<Record<FaultCode, string>>,
  },
  reading: {
    title: 'カードを\n読み取っています',
    drawing: '読み取り台に置かれたカードの絵',
    phoneTitle: 'スマートフォンを\n読み取っています',
    phoneDrawing: '読み取り台にかざしたスマートフォンの絵',
  },
  choosing: {
    title: '本人確認の方法を選んでください',
    face: '顔認証',
    faceAbout: 'カメラを見るだけです',
    pin: '暗証番号',
    pinAbout: '数字4桁を入力します',
  },
  face: {
    title: 'カメラを見てください',
    titleTurning: 'あと少しです',
    preview: 'カメラに映っているあなたの姿',
    kept: '映像は残しません。',
    retryTip: '明るいほうを向き、\n顔全体を枠に入れてください。',
    seenTip: 'カメラは画面の上にあります。\n座ったままでも、確認できます。',
    seenDrawing: '立っている人と座っている人が、画面の上のカメラを見ている絵',
    turnTip: '矢印のほうへ、\nゆっくり顔を向けてください。',
    again: 'もう一度、顔で確認する',
    hints: {
      'look-here': '顔を枠の中に入れてください',
      'come-closer': 'もう少し近づいてください',
      'move-back': '少し離れてください',
      'too-dark': '暗いようです。\n明るいほうを向いてください',
      'too-bright': '明るすぎるようです。\n光をよけてください',
      'light-behind': 'うしろが明るいようです。\n少し向きを変えてください',
      'mask-off': 'マスクを外してください',
      'one-person': 'おひとりで映ってください',
      'hold-still': 'そのまま動かないでください',
      comparing: '確認しています。\nそのままお待ちください',
      'turn-left': '顔を少し左に向けてください',
      'turn-right': '顔を少し右に向けてください',
    } satisfies Record<FaceHint, string>,
  },
  pin: {
    title: '暗証番号を\n入力してください',
    which: 'マイナンバーカードの、数字4桁の暗証番号です。',
    whichPhone: 'スマートフォンに入れたときの、数字4桁の暗証番号です。',
    triesLeft: (tries: number) => `残り${tries}回`,
    entered: (digits: number, of: number) => `${of}桁中${digits}桁`,
    rejected: '暗証番号がちがいました。',
    erase: '消す',
    ok: '確認',
    pad: '数字のボタン',
    inOrder: '数字を順番に並べる',
    scrambled: '数字の並びを変える',
    verifying: '暗証番号を\n確認しています',
    lastTitle: '暗証番号の入力は\nあと1回です',
    lastMeaning: 'まちがえるとロックされ、市区町村の窓口などで設定し直すまで使えません。',
    lastCare: 'ロックされても、診療は受けられます。',
    lastContinue: '暗証番号を入力する',
  },
  code: {
    type: '職員が番号を入力する',
    title: 'カードの番号を入力',
    which: '職員の方へ　表の印字どおりに。',
    fields: { birth: '生年月日（元号の年・月・日）', expiry: '有効期限の年（西暦）', security: 'セキュリティコード' },
  },
  /** 目視確認: the title is for the patient, the rest for whoever compares. */
  staff: {
    title: '職員が確認します',
    compare: '職員の方へ　カードの顔写真と、ご本人を見比べてください。',
    password: '同じ方なら、施設のパスワード（数字）を入力します。',
    desk: '受付の画面からも承認できます。',
    typed: (digits: number) => `${digits}桁`,
    rejected: (tries: number) => `パスワードがちがいました。残り${tries}回`,
    drawing: '職員が、カードの顔写真とご本人を見比べている絵',
    verifying: 'パスワードを\n確認しています',
  },
  registration: {
    title: '保険証としての\n利用登録をしますか',
    what: 'このカードは、まだ保険証として登録されていません。一度登録すると、どの医療機関や薬局でも使えます。',
    care: '登録しなくても、診療は受けられます。',
    yes: '登録する',
    no: '今日は登録しない',
    drawing: 'マイナンバーカードと保険証が結びつく絵',
    working: '利用登録を\nしています',
  },
  qualificationOnly: {
    title: '資格情報のみ提供します',
    why: 'カードの電子証明書の期限が切れているため、お薬などの医療情報は提供されません。',
    renew: '電子証明書は、お住まいの市区町村の窓口で更新できます。期限から3か月を過ぎると、受付に使えなくなります。',
  },
  consent: {
    title: '過去の医療情報を当機関に提供しますか',
    care: '提供しなくても、診療には影響しません。',
    until: '提供の期間は、今日から24時間です。',
    all: 'すべて提供する',
    each: '選んで提供する',
    none: '提供しない',
    /** Where only one item is asked. */
    one: '提供する',
    eachTitle: '提供する情報を選んでください',
    given: '提供する',
    notGiven: '提供しない',
    decide: 'これで決める',
    items: {
      medicines: { name: 'お薬', about: '処方や調剤の情報' },
      checkups: { name: '特定健診', about: '健診の結果' },
      treatment: { name: '診療', about: '受診や検査の記録' },
      surgery: { name: '手術', about: '手術の記録' },
    } satisfies Record<ConsentItem, ConsentWords>,
    /** What the check-ups are called from 75 on. */
    elderlyCheckups: '後期高齢者健診',
  },
  specificDiseases: {
    title: '特定疾病療養受療証の情報を提供しますか',
    about: '人工透析や血友病などの方が持つ証です。\n提供すると、受付で見せる必要がありません。',
    yes: '提供する',
    no: '提供しない',
  },
  subsidy: {
    title: '医療費助成の受給者証を利用しますか',
    about: 'こども医療費や難病などの受給者証の情報が登録されています。',
    yes: '利用する',
    no: '利用しない',
  },
  prescription: {
    title: '処方箋の受け取り方を選んでください',
    electronic: { name: '電子処方箋', about: '薬局でカードを使います' },
    paper: { name: '紙の処方箋', about: '紙を薬局に渡します' },
  },
  dispensing: {
    title: '調剤する処方箋を選んでください',
    given: '調剤する',
    notGiven: '調剤しない',
    page: (page: number, of: number) => `${of}ページ中${page}ページ`,
    next: '次のページ',
    decide: (count: number) => `${count}件で決める`,
  },
  waiting: {
    proving: '本人確認を\nしています',
    querying: '健康保険の資格を\n確認しています',
    recording: '結果を受付に\n送っています',
    steps: { identity: '本人確認', consent: '同意', eligibility: '資格の確認', handOver: '受付へ送る' },
    stepDone: '済み',
    stepNow: '今ここ',
    slow: 'いつもより時間がかかっています。\nもう少しお待ちください。',
    /** The card was taken meanwhile: said to whoever comes next, too. */
    cardGone: '前の方の受付を終えています。\nカードは、このあとに置いてください。',
    drawing: '確認中',
  },
  done: {
    title: '受付が終わりました',
    /** The two validities (資格有効性) that are a success; the words of the others are those of ELIG-601, 602, 603 and 605. */
    validities: {
      '1': { patient: '健康保険の資格を確認しました。', staff: '資格は有効。' },
      '6': {
        patient: '医療扶助の資格を確認しました。\n医療券のことは、受付で伺います。',
        staff: '医療扶助の資格は有効だが、この機関の医療券が未登録。福祉事務所に確かめる。',
      },
    },
    later: '結果は、少しあとに受付に届きます。',
    cutShort: 'カードが離れたため、医療情報の提供は「なし」にしました。',
    certificate: (days: number) =>
      `電子証明書の期限は、${days === 0 ? '今日まで' : `あと${days}日`}です。市区町村の窓口で更新できます。`,
    next: 'カードを取って、お待ちください。',
    nextPhone: 'スマートフォンを離して、お待ちください。',
    wait: '呼ばれるまで、お待ちください。',
    drawing: '完了の印',
  },
  pending: {
    title: '資格の確認は、あとで行います',
    number: '受付番号',
    why: '回線などの都合で、今は確認できません。\nつながりしだい、自動で確認します。',
    show: 'この番号を、受付でお見せください。',
    staff: '職員の方へ　氏名・性別・生年月日・住所を控えてください。資格は自動で確認し直します。',
  },
  papers: {
    title: '受付で、どれかをお見せください',
    names: {
      'qualification-notice': '資格情報のお知らせとカード',
      'portal-screen': 'マイナポータルの画面とカード',
      'qualification-certificate': '資格確認書',
      declaration: '何もないときは申立書を書けます',
    } satisfies Record<Paper, string>,
  },
  mend: {
    pin: '暗証番号は、市区町村の窓口か、アプリとコンビニの端末で設定し直せます。代理の方は郵送でもできます。',
    certificate: '電子証明書の手続きは、お住まいの市区町村の窓口でできます。',
    card: '新しいカードの手続きは、お住まいの市区町村の窓口でできます。',
    registration: '利用登録は、スマートフォン・パソコン・ATM・市区町村の窓口のほか、この機械でもできます。',
    insurer: '加入の手続きのあと、情報が届くまで日数がかかることがあります。お勤め先や保険者にご確認ください。',
  } satisfies Record<Mend, string>,
  takeCard: {
    title: 'カードをお取りください',
    accepted: '受付は終わっています。',
    ended: '受付は終わっていません。',
    reminder: 'カードがまだ残っています。',
    drawing: '読み取り台からカードを取る絵',
    phoneTitle: 'スマートフォンを離してください',
    phoneDrawing: '読み取り台からスマートフォンを離す絵',
    leftTitle: 'カードの忘れ物です',
    left: '次の方へ　このカードに触れず、受付の職員にお知らせください。',
  },
  waits: {
    label: '職員の方へ',
    reasons: {
      'folder-missing': '連携フォルダが見つかりません。共有フォルダの接続を確かめてください。',
      'folder-full': '連携フォルダの空きがありません。不要なファイルを片付けてください。',
      'folder-read-only': '連携フォルダに書き込めません。共有フォルダの権限を確かめてください。',
      'folder-silent': '連携フォルダが応答しません。サーバーとネットワークを確かめてください。',
      'folder-fails': '連携フォルダに保存できません。共有フォルダを確かめてください。',
      'records-fail': '読み取り機の記録を読み書きできません。保守に連絡してください。',
    } satisfies Record<WaitReason, string>,
    after: '受付は続けられます。結果は、あとで順に届きます。',
  },
  unavailable: { drawing: '受付の職員の絵' },
  restarting: { title: '準備をしています', body: 'しばらくお待ちください。', drawing: '準備中' },

  faults: faultsJa,
};

type Widened<T> = T extends string
  ? string
  : T extends (...words: never[]) => string
    ? T
    : { readonly [K in keyof T]: Widened<T[K]> };
export type Texts = Widened<typeof ja>;
