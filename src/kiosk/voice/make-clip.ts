import type { ClipMeasure } from './clip-files.ts';
import { run } from './synthesizers.ts';

/** All clips are equally loud (ITU-R BS.1770). */
const LOUDNESS_LUFS = -21;
/** Of full scale: a louder peak is rounded off, so that none is cut. The codec may add to it: then a lower one is taken. */
const HIGHEST_PEAKS = [0.7, 0.5, 0.35] as const;
const LOUDEST_DBFS = -1;
/** Speech at 10 kbit/s in frames of 60 ms needs two thirds of what it does at 16 kbit/s in frames of 20 ms. */
const ENCODING = ['-c:a', 'libopus', '-b:a', '10k', '-frame_duration', '60', '-application', 'voip', '-ac', '1', '-ar', '16000'];
/** The same words give the same bytes; a page holds the whole clip. */
const PLAIN = ['-bitexact', '-map_metadata', '-1', '-page_duration', '20000000'];
/** Silence before and after the words, as the synthesizers leave it, delays and blurs. */
const TRIM = 'silenceremove=start_periods=1:start_threshold=-50dB:start_silence=0.05';
const TRIM_BOTH = `${TRIM},areverse,${TRIM},areverse`;

export const encodingName = `${LOUDNESS_LUFS} LUFS, peaks to ${HIGHEST_PEAKS[0]}, ${ENCODING.join(' ')}`;

/** Makes a clip of speech. @returns how it came out */
export function makeClip(wav: string, clip: string): ClipMeasure {
  const gain = LOUDNESS_LUFS - measure(wav).lufs;
  for (const highest of HIGHEST_PEAKS) {
    const filters = ['-af', `${TRIM_BOTH},volume=${gain}dB,alimiter=level=false:limit=${highest}`];
    run('ffmpeg', ['-y', '-loglevel', 'error', '-i', wav, ...filters, ...ENCODING, ...PLAIN, clip]);
    if (measure(clip).peakDbfs <= LOUDEST_DBFS) break;
  }
  return measure(clip);
}

/**
 * Integrated loudness, true peak and length of a sound file, as ffmpeg's ebur128 filter and its own clock give them.
 * Loudness is taken of blocks of 400 ms: silence behind a short word fills the block.
 */
function measure(file: string): ClipMeasure {
  const heard = 'apad=pad_dur=0.4,ebur128=peak=true';
  const told = run('ffmpeg', ['-hide_banner', '-nostats', '-i', file, '-af', heard, '-f', 'null', '-']);
  const summary = told.slice(told.lastIndexOf('Summary:'));
  const [minutes = 0, seconds = 0] = (/Duration: 00:(\d\d):([\d.]+)/.exec(told) ?? []).slice(1).map(Number);
  return {
    seconds: 60 * minutes + seconds,
    lufs: Number(/I:\s+(-?[\d.]+) LUFS/.exec(summary)?.[1]),
    peakDbfs: Number(/Peak:\s+(-?[\d.]+) dBFS/.exec(summary)?.[1]),
  };
}
