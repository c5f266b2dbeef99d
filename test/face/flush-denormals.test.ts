import fc from 'fast-check';
import { expect, test } from 'vitest';
// @ts-expect-error set-up is plain JavaScript without types
import { flushDenormals } from '../../src/setup/flush-denormals.mjs';

const LIMIT = 1e-20;
const [FLOAT, INT64] = [1, 7];

const field = (number: number, content: Buffer) => Buffer.concat([varint(number * 8 + 2), varint(content.length), content]);
const tensor = (type: number, content: Buffer) =>
  Buffer.concat([varint(2 * 8), varint(type), field(8, Buffer.from('weight')), field(9, content)]);
const model = (...tensors: Buffer[]) =>
  field(7, Buffer.concat([field(2, Buffer.from('graph')), ...tensors.map((t) => field(5, t))]));

function varint(value: number): Buffer {
  const bytes: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return Buffer.from([...bytes, rest]);
    bytes.push((rest % 128) | 0x80);
  }
}

test('weights below the limit become zero, and nothing else changes', () => {
  fc.assert(
    fc.property(fc.float32Array({ noNaN: true, maxLength: 200 }), (weights) => {
      const bytes = Buffer.from(weights.buffer, weights.byteOffset, weights.byteLength);
      const file = model(tensor(FLOAT, Buffer.from(bytes)));
      const expected = weights.map((weight) => (Math.abs(weight) < LIMIT && weight !== 0 ? 0 : weight));
      const flushed = flushDenormals(file, LIMIT);
      expect(flushed).toBe(weights.filter((weight) => weight !== 0 && Math.abs(weight) < LIMIT).length);
      expect(file).toEqual(model(tensor(FLOAT, Buffer.from(expected.buffer))));
      expect(flushDenormals(file, LIMIT)).toBe(0);
    }),
  );
});

test('integers stay as they are, though as floats they would look tiny', () => {
  const shape = Buffer.from(BigInt64Array.of(1n, 3n, 112n).buffer);
  const file = model(tensor(INT64, shape));
  const before = Buffer.from(file);
  expect(flushDenormals(file, LIMIT)).toBe(0);
  expect(file).toEqual(before);
});

test('a file cut within a field is refused', () => {
  const file = model(tensor(FLOAT, Buffer.alloc(40, 1)));
  expect(() => flushDenormals(file.subarray(0, file.length - 3), LIMIT)).toThrow('ends within');
});
