import type { Cue } from './cues.ts';
import { similarity } from './embed.ts';
import type { HeadTurn } from './head-turn.ts';
import { type Box, overlap } from './picture.ts';

/** One face in one frame, as it can be compared. */
export type Glimpse = HeadTurn & {
  readonly template: Float32Array;
  readonly box: Box;
  readonly cue?: Cue | undefined;
  /** Whether the mouth seems covered; see mask.ts. */
  readonly masked?: boolean;
};

/** How much of the face's box must lie where it lay a frame before. */
const MIN_OVERLAP = 0.3;

/** Good frames of one face, gathered until there are enough to decide on. */
export interface Track {
  /** A face that is not the last one's (another person, or one who jumped) starts the track anew. */
  add(glimpse: Glimpse): void;
  readonly glimpses: readonly Glimpse[];
  wipe(): void;
}

/** @param samePerson the cosine similarity from which two frames show one person */
export function createTrack(samePerson: number): Track {
  let kept: Glimpse[] = [];
  const wipe = () => {
    for (const { template } of kept) template.fill(0);
    kept = [];
  };
  return {
    add(glimpse) {
      const last = kept.at(-1);
      const same =
        last && overlap(last.box, glimpse.box) >= MIN_OVERLAP && similarity(last.template, glimpse.template) >= samePerson;
      if (!same) wipe();
      kept.push(glimpse);
    },
    get glimpses() {
      return kept;
    },
    wipe,
  };
}

/** The middle score of the track against the portrait: neither a lucky nor an unlucky frame decides. */
export function medianScore(portrait: Float32Array, glimpses: readonly Glimpse[]): number {
  const scores = glimpses.map(({ template }) => similarity(portrait, template)).sort((a, b) => a - b);
  const middle = (scores.length - 1) / 2;
  return ((scores[Math.floor(middle)] ?? -1) + (scores[Math.ceil(middle)] ?? -1)) / 2;
}
