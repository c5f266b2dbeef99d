import type { CodeTexts, HandTexts, PartTexts } from './technician-texts.ts';

const withoutFace = '顔認証は使えません。受付は暗証番号と職員の確認で続けられます。';
const noReception = '受付ができません。';

const parts: PartTexts = {
  'card-module': {
    name: 'カード読取部',
    means: noReception,
    toDo: '読取部のUSBケーブルを差し直し、電源を入れ直します。それでも同じなら読取部を交換します。',
  },
  'face-camera': {
    name: '顔カメラ',
    means: withoutFace,
    toDo: 'レンズの覆いと汚れを取り、USBケーブルを差し直します。画面を開き直しても同じならカメラを交換します。',
  },
  'card-camera': {
    name: '券面カメラ',
    means: '照合番号Bを券面から読めません。職員が入力します。',
    toDo: 'カード置き場の窓を拭き、照明とUSBケーブルを確かめます。それでも同じならカメラを交換します。',
  },
  panel: {
    name: '前面パネル',
    means: '光・音・テンキーが使えません。受付は画面で続けられます。',
    toDo: 'パネルのUSBケーブルを差し直します。応答がなければ firmware panel flash で書き直します。',
  },
  'service-switch': {
    name: '筐体スイッチ',
    means: '筐体が開いているか、スイッチの線が切れています。',
    toDo: '筐体を閉じてねじを締めます。閉じても同じならスイッチの配線を確かめます。',
  },
  network: {
    name: 'ネットワーク',
    means: '資格を照会できません。',
    toDo: 'LANケーブルとハブのランプを見て、site.json の network（アドレス、gateway、dns）を確かめます。',
  },
  gateway: {
    name: '資格確認ゲートウェイ',
    means: '資格を照会できません。',
    toDo: 'GATE-501 は回線と site.json の gateway.url と caPem を、GATE-504 はこの端末の証明書の登録を確かめます。',
  },
  clock: {
    name: '時計',
    means: '証明書の期限を正しく判断できず、記録の時刻を信用できません。',
    toDo: 'site.json の time.servers に届くか確かめます。電源を入れた直後は数分待ちます。',
  },
  certificates: {
    name: '証明書',
    means: '期限の切れた証明書では照会できず、職員の画面も開けません。',
    toDo: '時計を先に直します。device の証明書が切れていれば、登録トークンを発行して登録し直します。',
  },
  disk: {
    name: 'ディスク',
    means: '記録できない受付は成立しません。',
    toDo: '空きがなければ医療機関のフォルダーに結果が渡っているか確かめます。壊れていればカードを交換して書き直します。',
  },
  'update-keys': {
    name: '更新の鍵',
    means: '更新を受け取れません。',
    toDo: '正しいイメージを書き直します。TEST KEYS と出る端末は医療機関に置かないでください。',
  },
  'face-models': {
    name: '顔認証モデル',
    means: withoutFace,
    toDo: '端末ではイメージを書き直します。PCでは npm start がモデルを確かめて作り直します。',
  },
  'portrait-decoder': {
    name: '顔写真の復号',
    means: withoutFace,
    toDo: 'プログラムを入れ直します。',
  },
  records: {
    name: '受付の記録',
    means: '記録できない受付は成立しません。',
    toDo: '電源を切らずに、データ領域を保存してから保守窓口に連絡します。',
  },
  'audit-log': {
    name: '監査ログ',
    means: 'ログの一部が失われたか、書き換えられています。',
    toDo: '端末を止めずに kazasu audit verify の結果を保守窓口に送ります。',
  },
  board: {
    name: '基板',
    means: '遅くなるか、突然止まることがあります。',
    toDo: '通気口とファン、電源アダプター（5 V 3 A 以上）を確かめます。',
  },
};

const byHand: HandTexts = {
  touch: {
    name: 'タッチ画面',
    how: '画面の四隅にある丸を、順にさわってください。',
    means: 'さわれない所のボタンは患者に使えません。',
    toDo: '画面を拭き、タッチのUSBケーブルを差し直します。',
  },
  lights: {
    name: '前面の光',
    how: '光の輪を見てください。下に書いてある色と動きに見えますか。',
    means: '光での案内がありません。画面と音は使えます。',
    toDo: '輪の配線（電源、DIN）を確かめます。',
  },
  sounds: {
    name: '音',
    how: '「鳴らす」を押して、聞いてください。',
    means: '音での案内がありません。',
    toDo: '圧電ブザーの配線を確かめます。',
  },
  pad: {
    name: 'テンキー',
    how: 'テンキーの12個のキーを、ひとつずつ押してください。順番は自由です。',
    means: '画面を見ずに使う人が受付できません。',
    toDo: 'テンキーの7本の線を確かめます。同じ行・列のキーがそろって効かなければ、その線です。',
  },
  'test-card': {
    name: 'テストカード',
    how: 'テストカードを置いてください。暗証番号は使いません。',
    means: noReception,
    toDo: '別のカードで試し、読取部の窓を拭きます。第2UARTで読めるなら読取部を、そこでも読めないなら基板を交換します。',
  },
  'second-uart': {
    name: '第2UART',
    how: 'PCで kazasu simulate-card --device を動かし、第2UARTにつなぎます。読めたら「はい」を押してください。',
    means: 'カードの読取部ではなく、基板かケーブルの不良です。',
    toDo: 'TXとRXの交差、3.3 Vの信号、site.json の technician.uart を確かめます。',
  },
};

const codes: CodeTexts = {
  'UNIT-951': '応答がありません',
  'UNIT-952': '映像がありません',
  'UNIT-953': '筐体が開いています',
  'UNIT-954': 'ネットワークにつながっていません',
  'UNIT-955': '時計が合っていません',
  'UNIT-956': '証明書が使えません',
  'UNIT-957': 'ディスクに問題があります',
  'UNIT-958': '更新の鍵がありません',
  'UNIT-959': '記録が壊れています',
  'UNIT-960': '監査ログがつながりません',
  'UNIT-961': '基板に問題があります',
  'UNIT-962': '技術者が不良と判断しました',
};

export const ja = {
  title: '技術者メニュー',
  language: 'English',
  parts,
  byHand,
  codes,
  outcomes: { ok: '正常', failed: '異常', notHere: 'なし', running: '確認中', untested: '未確認' },
  means: '影響',
  toDo: '対処',
  found: '結果',
  code: 'コード',
  password: {
    title: '技術者のパスワード',
    about: '8〜12桁の数字を入力してください。患者の受付は止まっています。',
    rejected: (triesLeft: number) => `違います。あと${triesLeft}回入力できます。`,
    locked: (minutes: number) => `間違いが続いたため、あと${minutes}分は入力できません。`,
    none: 'この端末には技術者のパスワードが設定されていません（site.json の technician.password）。',
    failed: '確かめられませんでした。データ領域に書き込めるか確かめてください。',
    typed: (digits: number) => `${digits}桁 入力済み`,
    pad: '数字キー',
    erase: '消す',
    ok: 'OK',
    checking: '確かめています',
  },
  list: {
    automatic: '自動の確認',
    byHand: '手で行う確認',
    again: 'すべて確認し直す',
    leave: '終わる',
    sheet: '証跡シート',
    summary: (failed: number) => (failed === 0 ? '異常はありません' : `異常 ${failed} 件`),
  },
  part: { again: 'もう一度確認する', back: '一覧へ戻る' },
  hand: {
    works: 'はい、正常です',
    doesNot: 'いいえ、異常です',
    ifNot: '異常のとき',
    play: '鳴らす',
    light: {
      ready: '受付できます：ゆっくり明るくなり暗くなる白い光',
      busy: '処理中：回る青い光',
      'your-turn': '操作待ち：1秒ごとに点滅する水色の光',
      success: '完了：動かない緑の光',
      help: '案内：早めに明るくなり暗くなる紫の光',
      attention: '職員を呼ぶ：ゆっくり回る橙色の光',
    },
    sound: { placed: 'カードを置いた音', success: '完了の音', help: '案内の音', 'take-card': 'カードの取り忘れの音' },
    corner: (number: number) => `隅 ${number}`,
    corners: (left: number) => (left === 0 ? '四隅とも反応しました。' : `あと${left}か所です。`),
    keys: (left: number) => (left === 0 ? '12個とも反応しました。' : `あと${left}個です。`),
    step: (step: number, of: number) => `${step} / ${of}`,
    card: {
      waiting: 'カードを待っています。',
      reading: '読んでいます。',
      read: (words: string) => `読めました：${words}`,
      failed: (code: string) => `読めませんでした（${code}）。カードを置き直してください。`,
    },
  },
  desk: {
    title: '職員の画面',
    none: '職員の画面はまだ開けません。1分待っても変わらなければ、ネットワークの項目を確かめてください。',
    first: (url: string) =>
      `管理者がまだいません。職員のパソコンで ${url} を開き、「招待コードで登録」に次のコードを入れてください。`,
    code: '最初の管理者のコード',
    led: (url: string) => `${url} で開けます。管理者は登録済みです。ほかの職員は、管理者が「職員」から招きます。`,
    fingerprint: 'パソコンに証明書を登録するときは、拇印（SHA-256）が次のとおりか確かめてください。',
  },
  evidence: {
    title: '設置・保守 証跡シート',
    how: '職員の画面（管理者）の「設定」から、証跡シートを保存して印刷できます。いまの結果がそのまま載ります。',
    address: (url: string) => `職員の画面：${url}`,
    unit: '端末',
    readerId: '端末ID',
    institution: '医療機関コード',
    board: '基板の製造番号',
    image: 'イメージ',
    imageHash: '書き込んだイメージ',
    slot: '起動中の領域',
    program: 'プログラム',
    module: '読取部',
    panel: 'パネルのプログラム',
    node: 'Node.js',
    notKnown: '不明',
    simulated: 'これはシミュレーターの結果です。実機の証跡ではありません。',
    results: '自動の確認',
    byHand: '手で行った確認',
    part: '部位',
    outcome: '判定',
    detail: '内容',
    testedAt: '確認日時',
    printedAt: '作成日時',
    passed: '合格',
    notPassed: '不合格',
    untested: '未確認',
    remarks: '備考',
    technician: '技術者（署名）',
    clinic: '医療機関（署名）',
    date: '日付',
    noPersonalData: 'このシートには患者の情報は含まれていません。',
  },
};

/** Every word of the technician's: ja defines the keys, a language that lacks one does not compile. */
export type TechnicianTexts = typeof ja;
