/**
 * Makes the clips of everything that the kiosk says aloud, in every language, and their manifest: `npm run -s voice`.
 * Only who changes a word needs it; the clips are committed. It asks for Debian's open-jtalk,
 * open-jtalk-mecab-naist-jdic, espeak-ng and ffmpeg, and for the Japanese voice, whose folder KAZASU_VOICE names.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type LanguageCode, languages } from '../../texts/index.ts';
import { clipsFolder, type Manifest, sha256 } from './clip-files.ts';
import { spokenWords } from './spoken.ts';

const voice = join(resolve(process.env['KAZASU_VOICE'] ?? '../shared/voice'), 'tohoku-f01-neutral.htsvoice');
const dictionary = '/var/lib/mecab/dic/open-jtalk/naist-jdic';

/** All clips are equally loud (ITU-R BS.1770), and low enough that no peak of theirs is cut. */
const LOUDNESS_LUFS = -21;
const BITRATE = '24k';
/** Silence before and after the words, as the synthesizers leave it, delays and blurs. */
const TRIM = 'silenceremove=start_periods=1:start_threshold=-50dB:start_silence=0.05';
const TRIM_BOTH = `${TRIM},areverse,${TRIM},areverse`;

const synthesizers: Record<LanguageCode, (words: string, wav: string) => void> = {
  ja: (words, wav) => run('open_jtalk', ['-x', dictionary, '-m', voice, '-r', '0.95', '-ow', wav], words),
  en: (words, wav) => run('espeak-ng', ['-v', 'en-gb', '-s', '145', '-w', wav, words]),
};

if (!existsSync(voice) || !existsSync(dictionary)) {
  console.error(
    `The voice cannot be rendered: ${existsSync(voice) ? dictionary : voice} is not there. ` +
      'Put the voice tohoku-f01 into the folder that KAZASU_VOICE names (default ../shared/voice) and install ' +
      'open-jtalk, open-jtalk-mecab-naist-jdic, espeak-ng and ffmpeg. The committed clips stay as they are.',
  );
  process.exit(1);
}

const folder = mkdtempSync(join(tmpdir(), 'kazasu-voice-'));
const manifest: Manifest = {};
try {
  for (const language of Object.keys(languages) as LanguageCode[]) {
    mkdirSync(join(clipsFolder, language), { recursive: true });
    for (const [spoken, words] of Object.entries(spokenWords(languages[language]))) {
      const clip = `${language}/${spoken}.ogg`;
      manifest[clip] = { wordsSha256: sha256(words), ...render(language, words, join(clipsFolder, clip)) };
      console.log(clip, manifest[clip]);
    }
  }
  writeFileSync(join(clipsFolder, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function render(language: LanguageCode, words: string, clip: string) {
  const wav = join(folder, 'words.wav');
  synthesizers[language](words.replaceAll('\n', language === 'ja' ? '' : ' '), wav);
  const gain = LOUDNESS_LUFS - measure(wav).lufs;
  const encoding = ['-c:a', 'libopus', '-b:a', BITRATE, '-application', 'voip', '-ac', '1', '-bitexact', '-map_metadata', '-1'];
  run('ffmpeg', ['-y', '-loglevel', 'error', '-i', wav, '-af', `${TRIM_BOTH},volume=${gain}dB`, ...encoding, clip]);
  return { clipSha256: sha256(readFileSync(clip)), ...measure(clip) };
}

/** Integrated loudness, true peak and length of a sound file, as ffmpeg's ebur128 filter and its own clock give them. */
function measure(file: string): { lufs: number; peakDbfs: number; seconds: number } {
  const { stderr } = run('ffmpeg', ['-hide_banner', '-nostats', '-i', file, '-af', 'ebur128=peak=true', '-f', 'null', '-']);
  const summary = stderr.slice(stderr.lastIndexOf('Summary:'));
  const [minutes = 0, seconds = 0] = (/Duration: 00:(\d\d):([\d.]+)/.exec(stderr) ?? []).slice(1).map(Number);
  return {
    lufs: Number(/I:\s+(-?[\d.]+) LUFS/.exec(summary)?.[1]),
    peakDbfs: Number(/Peak:\s+(-?[\d.]+) dBFS/.exec(summary)?.[1]),
    seconds: 60 * minutes + seconds,
  };
}

function run(command: string, args: readonly string[], input = ''): { stderr: string } {
  const ran = spawnSync(command, args, { input, encoding: 'utf8', timeout: 60_000 });
  if (ran.status !== 0) throw new Error(`${command} ${args.join(' ')}: ${ran.error?.message ?? ran.stderr}`);
  return ran;
}
