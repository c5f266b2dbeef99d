import { percentile } from '../statistics.ts';

/** In milliseconds, to a tenth. */
export type Spread = { readonly p50: number; readonly p95: number; readonly runs: number };

export function spreadOf(values: readonly number[]): Spread {
  return { p50: tenth(percentile(values, 0.5)), p95: tenth(percentile(values, 0.95)), runs: values.length };
}

export const tenth = (value: number) => Math.round(value * 10) / 10;
export const hundredth = (value: number) => Math.round(value * 100) / 100;
