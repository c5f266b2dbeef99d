/** Which character stands in a cell, if that is beyond doubt. */
import { CELL, edgesOf, type Shape, type Template } from './glyph-templates.ts';

/**
 * What a reading must show. Chosen on the bench's fronts by test/campaigns/front-misreads.ts, on one half of its seeds;
 * for another print they are to be chosen anew.
 */
const BEYOND_DOUBT = {
  /** Correlation of ink with the best template, 0…1, and how far the second best must stay behind. */
  minInk: 0.8,
  inkLead: 0.05,
  /** The same of edges, seen for themselves. */
  minEdges: 0.55,
  edgeLead: 0.03,
  /** What the template leaves unexplained in the worst part of the cell, as a share of the print's contrast: a blot or a
   *  gap changes one part only. */
  maxUnexplained: 0.3,
} as const;

/** A part of a cell that is looked at for itself, in pixels. */
const PART = 7;

export type Scores = {
  readonly character: string;
  readonly ink: number;
  readonly inkLead: number;
  /** False when the edges are more like another character's. */
  readonly sameByEdges: boolean;
  readonly edges: number;
  readonly edgeLead: number;
  readonly unexplained: number;
};

/** @param grey one cell @param templates those of the characters that can stand there, two at least */
export function compare(grey: Shape, templates: readonly Template[]): Scores {
  const byInk = ranked(templates, ({ ink }) => correlation(grey, ink));
  const [across, down] = edgesOf(grey);
  const byEdges = ranked(templates, ({ edges }) => product(across, edges[0]) + product(down, edges[1]));
  across.fill(0);
  down.fill(0);
  return {
    character: byInk.best.character,
    ink: byInk.score,
    inkLead: byInk.lead,
    sameByEdges: byEdges.best === byInk.best,
    edges: byEdges.score,
    edgeLead: byEdges.lead,
    unexplained: unexplained(grey, byInk.best.ink),
  };
}

export function isBeyondDoubt(scores: Scores): boolean {
  return (
    scores.ink >= BEYOND_DOUBT.minInk &&
    scores.inkLead >= BEYOND_DOUBT.inkLead &&
    scores.sameByEdges &&
    scores.edges >= BEYOND_DOUBT.minEdges &&
    scores.edgeLead >= BEYOND_DOUBT.edgeLead &&
    scores.unexplained <= BEYOND_DOUBT.maxUnexplained
  );
}

/** How much a cell's grey levels spread: nothing is printed where it is small. */
export function contrastOf(grey: Shape): number {
  const mean = grey.reduce((sum, value) => sum + value, 0) / grey.length;
  return Math.sqrt(grey.reduce((sum, value) => sum + (value - mean) ** 2, 0) / grey.length);
}

function ranked(templates: readonly Template[], scoreOf: (template: Template) => number) {
  const ranking = templates.map((best) => ({ best, score: scoreOf(best) })).sort((a, b) => b.score - a.score);
  const [first, second] = ranking;
  if (!first || !second) throw new Error('a cell needs two characters to tell apart');
  return { ...first, lead: first.score - second.score };
}

/** −1…1; `ink` has no mean and length one. */
function correlation(grey: Shape, ink: Shape): number {
  const length = contrastOf(grey) * Math.sqrt(grey.length);
  return length > 0 ? product(grey, ink) / length : 0;
}

function product(a: Shape, b: Shape): number {
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += (a[at] ?? 0) * (b[at] ?? 0);
  return sum;
}

/** The cell less its template at the best contrast: the root mean square of the worst part, by that contrast. */
function unexplained(grey: Shape, ink: Shape): number {
  const mean = grey.reduce((sum, value) => sum + value, 0) / grey.length;
  const gain = product(grey, ink);
  const range = gain * (Math.max(...ink) - Math.min(...ink));
  if (range <= 0) return Number.POSITIVE_INFINITY;
  let worst = 0;
  for (let top = 0; top + PART <= CELL.height; top += PART) {
    for (let left = 0; left + PART <= CELL.width; left += PART) {
      let sum = 0;
      for (let y = top; y < top + PART; y++) {
        for (let x = left; x < left + PART; x++) {
          const at = y * CELL.width + x;
          sum += ((grey[at] ?? 0) - mean - gain * (ink[at] ?? 0)) ** 2;
        }
      }
      worst = Math.max(worst, sum / PART ** 2);
    }
  }
  return Math.sqrt(worst) / range;
}
