import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import type { ProtocolId } from '../../src/card/module/module-link.ts';
import { Counter } from './counter.ts';
import { type CounterOptions, type FaceWorker, startFaceWorker } from './counter-parts.ts';

/** A fresh counter for each test of the file, with one face worker for all; a defect of ours fails the test. */
export function useCounter(module: ProtocolId = 'gem', options: CounterOptions = {}): { readonly counter: Counter } {
  let face: FaceWorker;
  let counter: Counter;
  beforeAll(async () => {
    face = startFaceWorker();
    expect(await face.ready(new AbortController().signal)).toEqual({ ok: true, value: undefined });
  });
  afterAll(() => face.close());
  beforeEach(async () => {
    counter = await Counter.open(face, module, options);
  });
  afterEach(async () => {
    expect(counter.defects).toEqual([]);
    await counter.close();
  });
  return {
    get counter() {
      return counter;
    },
  };
}
