import { type Rate, rate } from '../../src/commands/face-rates.ts';

export { type Rate, rate };

export type Scores = { readonly genuine: readonly number[]; readonly impostor: readonly number[] };

/** The lowest threshold at which no more than `fmr` of the impostor scores reach it. */
export function thresholdAt(fmr: number, impostor: readonly number[]): number {
  const descending = impostor.toSorted((a, b) => b - a);
  const allowed = Math.floor(fmr * descending.length);
  return (descending[allowed] ?? -1) + Number.EPSILON;
}

export function ratesAt(threshold: number, { genuine, impostor }: Scores): { fmr: Rate; fnmr: Rate } {
  return {
    fmr: rate(impostor.filter((score) => score >= threshold).length, impostor.length),
    fnmr: rate(genuine.filter((score) => score < threshold).length, genuine.length),
  };
}

/** The value that `share` of the values do not exceed. */
export function percentile(values: readonly number[], share: number): number {
  const ascending = values.toSorted((a, b) => a - b);
  return ascending[Math.min(ascending.length - 1, Math.ceil(share * ascending.length) - 1)] ?? Number.NaN;
}
