/** `kazasu face`: compares pictures of faces from files with the reader's own models; nothing of them is kept. */
import { faceCompare } from './face-compare.ts';
import { faceScore } from './face-score.ts';
import { runSubCommand } from './sub-commands.ts';

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
export const face = (args: readonly string[]): Promise<number> =>
  runSubCommand(
    { of: 'face', usage: USAGE, commands: { compare: (words) => faceCompare(words), score: (words) => faceScore(words) } },
    args,
  );
