import type { Result } from '../faults/result.ts';

/** The portrait's template, asked for before or after it comes. */
export interface Enrolment {
  /** How it ended, once it has. */
  readonly result: Result<Float32Array> | undefined;
  readonly ended: Promise<Result<Float32Array>>;
  end(result: Result<Float32Array>): void;
  wipe(): void;
}

export function createEnrolment(): Enrolment {
  const { promise, resolve } = Promise.withResolvers<Result<Float32Array>>();
  let result: Result<Float32Array> | undefined;
  return {
    get result() {
      return result;
    },
    ended: promise,
    end(outcome) {
      result = outcome;
      resolve(outcome);
    },
    wipe() {
      if (result?.ok) result.value.fill(0);
    },
  };
}
