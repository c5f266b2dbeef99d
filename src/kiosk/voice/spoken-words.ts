/**
 * What the kiosk says aloud of what it shows. The page asks for no clip of any other words: a name, a digit that is
 * typed or an institution has none, and cannot be said.
 */
import { type LanguageCode, languages, type Texts } from '../../texts/index.ts';
import { asOneLine } from './clip-id.ts';
import { guideFor } from './guide/index.ts';
import { spokenForm } from './spoken-form.ts';

/** Shown, but not for the patient's ear: for staff, for the bench, or to be touched by whoever sees it. */
const UNSAID = [
  ...['lang', 'chooseLanguage', 'voice', 'brand', 'brandAbout', 'simulated', 'waits'],
  ...['pin.erase', 'pin.ok', 'pin.pad', 'pin.inOrder', 'pin.scrambled'],
  ...['code.which', 'code.fields', 'staff.compare', 'staff.password', 'staff.desk', 'pending.staff', 'pending.number'],
  ...['waiting.steps', 'waiting.stepDone', 'waiting.stepNow'],
] as const;
/** The same wherever it stands: what pictures show, and the catalogue's words for staff. */
const UNSAID_ANYWHERE = /\.(drawing|\w+Drawing|preview|staff)$/;

const MOST_TRIES = 3;
const MOST_DIGITS = 14;
const MOST_DAYS = 100;
const MOST_PRESCRIPTIONS = 20;
const PIN_DIGITS = 4;

/** @returns what is said of all words that a screen can show, each as one line; '' for what is known and not said */
export function spokenWords(language: LanguageCode): ReadonlyMap<string, string> {
  const said = new Map<string, string>();
  const add = (shown: string, saying = shown) => {
    const line = asOneLine(shown);
    // Words that stand in several places are said where any of them is.
    if (!said.get(line)) said.set(line, spokenForm(language, saying));
  };
  for (const [path, words] of stringsOf(languages[language])) add(words, isUnsaid(path) ? '' : words);
  for (const [shown, saying] of countedWords(languages[language], guideFor(language).certificate)) add(shown, saying);
  return said;
}

/** @returns the words of every clip of a language, in no order: those of the screens, and those of the guidance */
export function clipWords(language: LanguageCode): readonly string[] {
  const { press, place, ...guide } = guideFor(language);
  const keys = Array.from({ length: 9 }, (_, index) => index + 1);
  const heard = [...Object.values(guide), ...keys.map(press), ...keys.map(place), ...spokenWords(language).values()];
  return [...new Set(heard.map(asOneLine))].filter((words) => words !== '');
}

const isUnsaid = (path: string): boolean =>
  UNSAID_ANYWHERE.test(path) || UNSAID.some((unsaid) => path === unsaid || path.startsWith(`${unsaid}.`));

type Words = { readonly [key: string]: unknown };

/** @returns each text of a language with its path, as `pin.title` */
function stringsOf(texts: Words, path = ''): readonly (readonly [path: string, words: string])[] {
  return Object.entries(texts).flatMap(([key, value]) => {
    if (typeof value === 'string') return [[path + key, value] as const];
    return typeof value === 'object' ? stringsOf(value as Words, `${path}${key}.`) : [];
  });
}

/** The words with a number in them. Tries left and digits typed are said; of all else the number is left out. */
function* countedWords({ pin, staff, dispensing, consent, done }: Texts, certificate: string): Generator<[string, string]> {
  for (let tries = 1; tries <= MOST_TRIES; tries++) yield [pin.triesLeft(tries), pin.triesLeft(tries)];
  for (let tries = 1; tries <= 10; tries++) yield [staff.rejected(tries), ''];
  for (let digits = 0; digits <= PIN_DIGITS; digits++) yield [pin.entered(digits, PIN_DIGITS), pin.entered(digits, PIN_DIGITS)];
  for (let digits = 0; digits <= MOST_DIGITS; digits++) {
    yield [pin.entered(digits, MOST_DIGITS), ''];
    yield [staff.typed(digits), ''];
  }
  for (let days = 0; days <= MOST_DAYS; days++) yield [done.certificate(days), certificate];
  for (let count = 0; count <= MOST_PRESCRIPTIONS; count++) {
    yield [dispensing.decide(count), consent.decide];
    for (let page = 1; page <= count; page++) yield [dispensing.page(page, count), ''];
  }
}
