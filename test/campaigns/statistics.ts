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
