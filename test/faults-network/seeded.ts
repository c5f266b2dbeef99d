import { createHash } from 'node:crypto';

/** One of `all`, which depends on nothing but `seed`. */
export function chosenOf<T>(all: readonly T[], seed: number): T {
  const number = createHash('sha256').update(`${seed}`).digest().readUInt32BE();
  const one = all[number % all.length];
  if (one === undefined) throw new Error('nothing to choose from');
  return one;
}
