import { expect, test } from 'vitest';
import made from '../../src/face/common-face.json' with { type: 'json' };
import { apart, similarity } from '../../src/face/embed.ts';
import { COMMON_FACE, embeddingModel } from '../../src/face/models.ts';

test('the common face was made with the embedding model that is in use', () => {
  expect([made.model, made.sha256]).toEqual([embeddingModel.id, embeddingModel.sha256]);
  expect(COMMON_FACE).toHaveLength(512);
  expect(COMMON_FACE.every(Number.isFinite)).toBe(true);
});

test('two templates that share nothing but the common face are no longer alike', () => {
  const own = (at: number) => COMMON_FACE.map((value, index) => value + (index === at ? 0.5 : 0));
  const [one, other] = [own(3), own(400)];
  const alike = (a: Float32Array, b: Float32Array) => similarity(a, b) / Math.sqrt(similarity(a, a) * similarity(b, b));
  expect(alike(one, other)).toBeGreaterThan(0.2);
  expect(alike(apart(one, COMMON_FACE), apart(other, COMMON_FACE))).toBeCloseTo(0, 5);
  expect(similarity(apart(one, COMMON_FACE), apart(one, COMMON_FACE))).toBeCloseTo(1, 5);
});
