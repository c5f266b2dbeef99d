import type { FaceHint, WaitReason } from '../reception/ports.ts';
import type { ConsentItem } from '../reception/qualification.ts';
import { faultsJa } from './ja-faults.ts';

/** One thing that a patient may share, in the words of the consent screen. */
export type ConsentWords = { readonly name: string; readonly about: string };

/** The words of the kiosk. This file defines the keys: every other language has them all, or does not compile. */
export const ja = {
  lang: 'ja',
  /** The language's own name, for the switch. */
  languageName: '日本語',
  chooseLanguage: '言語',
  voice: { name: '声', on: 'オン', off: 'オフ' },
  brand: 'かざす',
  brandAbout: 'マイナ受付',

  stop: 'やめる',
  back: 'もどる',
  useFace: '顔で確認する',
  usePin: '暗証番号で確認する',
  keepCard: 'カードはそのままにしてください。',
  askStaff: '受付の職員に声をかけてください。',
  staffCode: (code: string) => `職員の方へ　${code}`,

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
    case: 'ケースから出してください。',
    drawing: '顔写真の面を上にしたカードを、画面の下の読み取り台に置く絵',
  },
  reading: { title: 'カードを\n読み取っています', drawing: '読み取り台に置かれたカードの絵' },
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
    type: '職員がカードの番号を入力する',
    title: 'カードの番号を入力',
    which: '職員の方へ　表の印字どおりに。',
    fields: { birth: '生年月日（元号の年・月・日）', expiry: '有効期限の年（西暦）', security: 'セキュリティコード' },
  },
  consent: {
    title: '過去の医療情報をこの医療機関に提供しますか',
    care: '提供しなくても、診療には影響しません。',
    until: '提供の期間は、今日から24時間です。',
    all: 'すべて提供する',
    each: '選んで提供する',
    none: '提供しない',
    eachTitle: '提供する情報を選んでください',
    given: '提供する',
    notGiven: '提供しない',
    decide: 'これで決める',
    items: {
      medicines: { name: 'お薬', about: '処方や調剤の情報' },
      checkups: { name: '健診', about: '特定健診などの結果' },
      treatment: { name: '診療', about: '受診や検査の記録' },
      surgery: { name: '手術', about: '手術の記録' },
    } satisfies Record<ConsentItem, ConsentWords>,
  },
  waiting: {
    proving: '本人確認を\nしています',
    querying: '健康保険の資格を\n確認しています',
    recording: '結果を受付に\n送っています',
    steps: { identity: '本人確認', consent: '同意', eligibility: '資格の確認', handOver: '受付へ送る' },
    stepDone: '済み',
    stepNow: '今ここ',
    slow: 'いつもより時間がかかっています。\nもう少しお待ちください。',
    drawing: '確認中',
  },
  done: {
    title: '受付が終わりました',
    body: '健康保険の資格を確認し、受付に送りました。',
    bodyLater: '健康保険の資格を確認しました。\n結果は、少しあとに受付に届きます。',
    next: 'カードを取って、お待ちください。',
    wait: '呼ばれるまで、お待ちください。',
    drawing: '完了の印',
  },
  stopped: { finish: '終わる' },
  takeCard: {
    title: 'カードをお取りください',
    accepted: '受付は終わっています。',
    ended: '受付は終わっていません。',
    drawing: '読み取り台からカードを取る絵',
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
