import type { ScoredPair } from './face-score-pairs.ts';

export type Rate = {
  readonly events: number;
  readonly of: number;
  readonly rate: number;
  /** Wilson score interval, 95 %. It takes the trials for independent; pairs that share pictures are not quite. */
  readonly interval: readonly [low: number, high: number];
};

const Z = 1.96;

export function rate(events: number, of: number): Rate {
  const share = events / of;
  const scale = 1 + Z ** 2 / of;
  const middle = (share + Z ** 2 / (2 * of)) / scale;
  const half = (Z / scale) * Math.sqrt((share * (1 - share)) / of + Z ** 2 / (4 * of ** 2));
  return { events, of, rate: share, interval: [Math.max(0, middle - half), Math.min(1, middle + half)] };
}

/** Lines that say how many pairs were scored, and the false non-match and false match rate at `threshold`. */
export function ratesTold(rows: readonly ScoredPair[], threshold: number): readonly string[] {
  const scored = rows.filter(({ score }) => score !== undefined) as readonly (ScoredPair & { score: number })[];
  const genuine = scored.filter(({ label }) => label === 'genuine');
  const impostor = scored.filter(({ label }) => label === 'impostor');
  const other = scored.length - genuine.length - impostor.length;
  return [
    `${rows.length} pairs: ${scored.length} scored, ${rows.length - scored.length} with an empty score (a face could not be acquired)`,
    `at threshold ${threshold}, with 95 % intervals, pairs with an empty score left out:`,
    `  FNMR ${told(genuine.filter(({ score }) => score < threshold).length, genuine.length)} of the genuine pairs`,
    `  FMR  ${told(impostor.filter(({ score }) => score >= threshold).length, impostor.length)} of the impostor pairs`,
    ...(other > 0 ? [`  ${other} pairs are labelled neither genuine nor impostor and are not counted`] : []),
  ];
}

function told(events: number, of: number): string {
  if (of === 0) return 'unknown: none';
  const { rate: share, interval } = rate(events, of);
  const percent = (value: number) => `${(100 * value).toFixed(2)} %`;
  return `${percent(share)} (${interval.map(percent).join('…')}), ${events} of ${of}`;
}
