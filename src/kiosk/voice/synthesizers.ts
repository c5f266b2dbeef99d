import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { LanguageCode } from '../../texts/index.ts';

const voice = join(resolve(process.env['KAZASU_VOICE'] ?? '../shared/voice'), 'tohoku-f01-neutral.htsvoice');
const dictionary = '/var/lib/mecab/dic/open-jtalk/naist-jdic';

type Synthesizer = {
  /** What makes the speech, as the manifest names it. */
  readonly name: string;
  /** What cannot be found here, and is needed. */
  readonly needs: readonly string[];
  /** Speaks one line of words into a WAV file. */
  readonly speak: (words: string, wav: string) => void;
};

/** @param rate how fast the voice speaks; 1 is its own pace */
const openJtalk = (rate: string): Synthesizer => ({
  name: `open_jtalk tohoku-f01-neutral rate ${rate}`,
  needs: ['/usr/bin/open_jtalk', voice, dictionary],
  // Japanese has no blanks: one that a line break has left would be heard as a pause.
  speak: (words, wav) => run('open_jtalk', ['-x', dictionary, '-m', voice, '-r', rate, '-ow', wav], words.replaceAll(' ', '')),
});

/** @param pace words a minute */
const espeak = (name: string, pace: string): Synthesizer => ({
  name: `espeak-ng ${name} pace ${pace}`,
  needs: ['/usr/bin/espeak-ng'],
  speak: (words, wav) => run('espeak-ng', ['-v', name, '-s', pace, '-w', wav, words]),
});

const synthesizers = {
  ja: openJtalk('0.95'),
  'ja-easy': openJtalk('0.85'),
  en: espeak('en-gb', '145'),
  // Of espeak-ng's Mandarin voices the one that reads pinyin as such: the other spells the pinyin of whole words in English.
  'zh-Hans': espeak('cmn-latn-pinyin', '160'),
  'zh-Hant': espeak('cmn-latn-pinyin', '160'),
  ko: espeak('ko', '150'),
  vi: espeak('vi', '150'),
  // Most who speak it in Japan are from Brazil.
  pt: espeak('pt-br', '145'),
};

export const synthesizerFor = (language: LanguageCode): Synthesizer => synthesizers[language];

/** @returns what is not on this machine of all that speaks these languages, and makes clips of speech */
export const missingTools = (languages: readonly LanguageCode[]): readonly string[] =>
  [...new Set(['/usr/bin/ffmpeg', ...languages.flatMap((language) => synthesizerFor(language).needs)])].filter(
    (file) => !existsSync(file),
  );

/** Runs a program to its end. @returns what it says of itself; throws when it fails */
export function run(command: string, args: readonly string[], input = ''): string {
  const ran = spawnSync(command, args, { input, encoding: 'utf8', timeout: 60_000 });
  if (ran.status !== 0) throw new Error(`${command} ${args.join(' ')}: ${ran.error?.message ?? ran.stderr}`);
  return ran.stderr;
}
