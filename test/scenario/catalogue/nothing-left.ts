import { expect } from 'vitest';
import type { Counter } from '../counter.ts';

/** No row, nothing that is to be asked again, no file: the clinic hears nothing of it. */
export function expectNothingLeft(counter: Counter): void {
  expect(counter.recorded()).toEqual([]);
  expect(counter.records.pending()).toEqual({ ok: true, value: [] });
  expect(counter.clinicFiles()).toEqual([]);
}
