/** `kazasu face`: compares pictures of faces from files with the reader's own models; nothing of them is kept. */
import type { Outcome } from './card-reader.ts';
import { faceCompare } from './face-compare.ts';
import { faceScore } from './face-score.ts';

const USAGE = `usage: kazasu face compare REFERENCE PROBE [--json]
       kazasu face score --pairs CSV --root DIR --out CSV [--threshold N]
  compare   two pictures (JPEG, PNG or JPEG 2000): score, decision, quality, time of each stage
            exit status: 0 the same person, 1 not the same, 2 they could not be compared
  score     many pairs: CSV with the columns label,image_a,image_b in, the same and score out. The label is genuine
            or impostor, the images are paths below DIR. A broken-off run goes on where it stopped; a picture
            without a face gives an empty score.
            --threshold N   what the closing rates are told for; without it the reader's own threshold
            exit status: 0 every pair has its row, 1 it stopped before, 2 a wrong call
`;

/** @returns the exit status, see USAGE */
export async function face([name, ...args]: readonly string[]): Promise<number> {
  if (name === undefined || name === '--help' || name === 'help' || args.includes('--help')) {
    (name === undefined ? process.stderr : process.stdout).write(USAGE);
    return name === undefined ? 2 : 0;
  }
  const run = name === 'compare' ? faceCompare : name === 'score' ? faceScore : undefined;
  const outcome = run ? await run(args).catch(wrongWords) : { wrong: `there is no "face ${name}"` };
  if (typeof outcome === 'number') return outcome;
  process.stderr.write(`${outcome.wrong}\n${USAGE}`);
  return 2;
}

/** What `parseArgs` says of words that it does not know; anything else is a defect of ours. */
function wrongWords(error: NodeJS.ErrnoException): Outcome {
  if (!error.code?.startsWith('ERR_PARSE_ARGS')) throw error;
  return { wrong: error.message };
}
