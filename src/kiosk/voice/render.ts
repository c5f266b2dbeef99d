/**
 * Makes the clips of everything that the kiosk says aloud, in every language, and their manifest: `npm run -s voice`.
 * What has its clip keeps it, and a clip of words that are gone is removed. `npm run -s voice -- --check` only tells of
 * both, and fails when there are any. Only who changes a word needs it; the clips are committed. It asks for Debian's
 * open-jtalk, open-jtalk-mecab-naist-jdic, espeak-ng and ffmpeg, and for the Japanese voice, whose folder KAZASU_VOICE
 * names.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LanguageCode, languages } from '../../texts/index.ts';
import { clipFile, type Manifest, readManifest, sha256, writeManifest } from './clip-files.ts';
import { clipId } from './clip-id.ts';
import { clipState } from './clip-state.ts';
import { encodingName, makeClip } from './make-clip.ts';
import { clipWords } from './spoken-words.ts';
import { missingTools, synthesizerFor } from './synthesizers.ts';

const codes = Object.keys(languages) as LanguageCode[];
if (process.argv.includes('--check')) check();
else renderAll();

function check(): void {
  for (const language of codes) {
    const { missing, unused } = clipState(language);
    for (const words of missing) console.log(`${language}: no clip says «${words}»`);
    for (const id of unused) console.log(`${language}: nothing asks for ${id}.ogg`);
    if (missing.length + unused.length > 0) process.exitCode = 1;
  }
}

function renderAll(): void {
  const missing = missingTools(codes);
  if (missing.length > 0) {
    console.error(
      `The voice cannot be rendered: ${missing.join(', ')} is not there. ` +
        'Put the voice tohoku-f01 into the folder that KAZASU_VOICE names (default ../shared/voice) and install ' +
        'open-jtalk, open-jtalk-mecab-naist-jdic, espeak-ng and ffmpeg. The committed clips stay as they are.',
    );
    process.exitCode = 1;
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), 'kazasu-voice-'));
  try {
    for (const language of codes) renderLanguage(language, join(folder, 'words.wav'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function renderLanguage(language: LanguageCode, wav: string): void {
  const { name, speak } = synthesizerFor(language);
  const madeWith = `${name}; ${encodingName}`;
  const before = readManifest(language);
  const kept = before.madeWith === madeWith ? before.clips : {};
  const clips: Record<string, Manifest['clips'][string]> = {};
  mkdirSync(join(clipFile(language, '_'), '..'), { recursive: true });
  for (const words of clipWords(language)) {
    const id = clipId(words);
    const file = clipFile(language, id);
    const old = kept[id];
    if (old?.words === words && isWhole(file, old.sha256)) {
      clips[id] = old;
      continue;
    }
    speak(words, wav);
    clips[id] = { words, ...makeClip(wav, file), sha256: sha256(readFileSync(file)) };
    // Whoever stops it here goes on from here.
    writeManifest(language, { madeWith, clips: { ...kept, ...clips } });
  }
  for (const id of clipState(language).unused) rmSync(clipFile(language, id));
  writeManifest(language, { madeWith, clips });
  const made = Object.keys(clips).filter((id) => clips[id] !== kept[id]).length;
  console.log(`${language}: ${Object.keys(clips).length} clips, ${made} of them new`);
}

function isWhole(file: string, hash: string): boolean {
  try {
    return sha256(readFileSync(file)) === hash;
  } catch {
    return false;
  }
}
