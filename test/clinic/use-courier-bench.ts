import { afterEach, beforeEach, expect } from 'vitest';
import { CourierBench } from './courier-bench.ts';

/** A fresh courier bench for each test of the file; a defect of ours fails the test. */
export function useCourierBench(): { readonly bench: CourierBench; renew(): void } {
  let bench: CourierBench;
  const open = () => {
    bench = new CourierBench();
  };
  const remove = () => {
    expect(bench.defects).toEqual([]);
    bench.remove();
  };
  beforeEach(open);
  afterEach(remove);
  return {
    get bench() {
      return bench;
    },
    renew() {
      remove();
      open();
    },
  };
}
