import fc from 'fast-check';
import { expect, test } from 'vitest';
import { resultFileName } from '../../src/clinic/result-file-name.ts';

const at = new Date('2026-12-31T15:00:00Z');

test('a result file is named by reader, reception and Japan’s time', () => {
  expect(resultFileName('reader-1', '0b9c', at)).toBe('OQSsiquc01res_face_reader-1-0b9c_20270101000000.xml');
});

test('two receptions of one second have two names', () => {
  expect(resultFileName('r', 'a', at)).not.toBe(resultFileName('r', 'b', at));
});

test('no id makes a name that leaves the folder or has the format’s separator within', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (readerId, receptionId) => {
      expect(resultFileName(readerId, receptionId, at)).toMatch(/^OQSsiquc01res_face_[A-Za-z0-9-]+_20270101000000\.xml$/);
    }),
  );
});
