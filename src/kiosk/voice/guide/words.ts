/** What the spoken guidance says beside the words of the screen. None of it is ever shown, but for `name`. */
export type GuideWords = {
  /** Of the switch that turns the guidance on. */
  readonly name: string;
  /** It begins: how it is used. */
  readonly begin: string;
  /** It ends, since the patient has. */
  readonly end: string;
  /** Before what a number key does: `key` 1…9. */
  readonly press: (key: number) => string;
  /** Which of several that have names of their own: `place` 1…9. Names are never said. */
  readonly place: (place: number) => string;
  /** How digits are typed. */
  readonly pad: string;
  /** Typing has been left for the other ways of the screen. */
  readonly otherWays: string;
  /** Typing goes on. */
  readonly backToPad: string;
  /** Asked before the patient's stop is believed. */
  readonly stopAgain: string;
  /** The time to answer runs out. */
  readonly moreTime: string;
  readonly dark: string;
  readonly bright: string;
  readonly volume: string;
  /** Instead of the number of days until the certificate ends. */
  readonly certificate: string;
};
