import type { GuideWords } from './words.ts';

export const guideEn: GuideWords = {
  name: 'Voice guide',
  begin:
    'The voice guide is on. Choose with the number keys. Press zero to hear it again, star to go back or stop, and hash to confirm. Hold five to darken the screen. Hold zero to change the volume.',
  end: 'The voice guide is off.',
  press: (key) => `Press ${key} for:`,
  place: (place) => `Prescription number ${place}.`,
  pad: 'Type with the number keys. Star erases, hash confirms. Press star before typing to hear other ways.',
  otherWays: 'Other ways. Press star to return to typing.',
  backToPad: 'Back to typing.',
  stopAgain: 'To stop, press star once more.',
  moreTime: 'Press zero for more time.',
  dark: 'The screen is dark.',
  bright: 'The screen is on.',
  volume: 'The volume has changed.',
  certificate: 'The electronic certificate will end soon. Your municipal office can renew it.',
};
