import type { GuideWords } from './words.ts';

export const guideZhHant: GuideWords = {
  name: '語音引導',
  begin: '語音引導已開始。請用數字鍵選擇。按零鍵重聽，按星號鍵返回或停止，按井號鍵確定。長按五鍵可關暗螢幕，長按零鍵可調整音量。',
  end: '語音引導已結束。',
  press: (key) => `按${key}鍵：`,
  place: (place) => `第${place}張處方。`,
  pad: '請用數字鍵輸入。按星號鍵刪除，按井號鍵確定。輸入之前按星號鍵，可選擇其他方式。',
  otherWays: '其他方式。按星號鍵返回輸入。',
  backToPad: '已返回輸入。',
  stopAgain: '如要停止，請再按一次星號鍵。',
  moreTime: '需要更多時間，請按零鍵。',
  dark: '螢幕已變暗。',
  bright: '螢幕已變亮。',
  volume: '音量已調整。',
  certificate: '電子憑證即將到期。可在市區町村的窗口更新。',
};
