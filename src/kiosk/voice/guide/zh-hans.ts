import type { GuideWords } from './words.ts';

export const guideZhHans: GuideWords = {
  name: '语音引导',
  begin: '语音引导已开始。请用数字键选择。按零键重听，按星号键返回或停止，按井号键确定。长按五键可关暗屏幕，长按零键可调整音量。',
  end: '语音引导已结束。',
  press: (key) => `按${key}键：`,
  place: (place) => `第${place}张处方。`,
  pad: '请用数字键输入。按星号键删除，按井号键确定。输入之前按星号键，可选择其他方式。',
  otherWays: '其他方式。按星号键返回输入。',
  backToPad: '已返回输入。',
  stopAgain: '如要停止，请再按一次星号键。',
  moreTime: '需要更多时间，请按零键。',
  dark: '屏幕已变暗。',
  bright: '屏幕已变亮。',
  volume: '音量已调整。',
  certificate: '电子证书即将到期。可在市区町村的窗口更新。',
};
