import type { GuideWords } from './words.ts';

export const guideKo: GuideWords = {
  name: '음성 안내',
  begin:
    '음성 안내를 시작합니다. 숫자 키로 선택합니다. 영은 다시 듣기, 별표는 돌아가기나 그만두기, 우물정자는 결정입니다. 오를 길게 누르면 화면이 어두워지고, 영을 길게 누르면 음량이 바뀝니다.',
  end: '음성 안내를 마칩니다.',
  press: (key) => `${key}번을 누르면,`,
  place: (place) => `${place}번째 처방전.`,
  pad: '숫자 키로 입력합니다. 별표로 지우고, 우물정자로 확인합니다. 입력하기 전에 별표를 누르면 다른 방법을 선택할 수 있습니다.',
  otherWays: '다른 방법입니다. 별표를 누르면 입력으로 돌아갑니다.',
  backToPad: '입력으로 돌아왔습니다.',
  stopAgain: '그만두려면 별표를 한 번 더 누르십시오.',
  moreTime: '시간을 늘리려면 영을 누르십시오.',
  dark: '화면을 어둡게 했습니다.',
  bright: '화면을 밝게 했습니다.',
  volume: '음량을 바꾸었습니다.',
  certificate: '전자 증명서의 기한이 다가옵니다. 시구정촌 창구에서 갱신할 수 있습니다.',
};
