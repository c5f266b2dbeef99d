import { expect, test } from 'vitest';
import made from '../../src/face/common-face.json' with { type: 'json' };
import { fuse, similarity } from '../../src/face/embed.ts';
import { embeddingModels } from '../../src/face/models.ts';

const plain = embeddingModels.map(({ weight, size }) => ({ weight, commonFace: new Float32Array(size) }));
/** Parts of length 1 that lie along one number each. */
const alone = (at: number) => embeddingModels.map(({ size }) => new Float32Array(size).fill(1, at, at + 1));
/** The common face of each network, and something of one's own. */
const person = (at: number) =>
  embeddingModels.map(({ commonFace }) => commonFace.map((value, index) => value + (index === at ? 0.5 : 0)));

test('each common face was made with the embedding model that is in use', () => {
  const ids = embeddingModels.map(({ id, sha256 }) => ({ model: id, sha256 }));
  expect(made.faces.map(({ model, sha256 }) => ({ model, sha256 }))).toEqual(ids);
  for (const { commonFace, size } of embeddingModels) {
    expect(commonFace).toHaveLength(size);
    expect(commonFace.every(Number.isFinite)).toBe(true);
  }
});

test('two people who share nothing but the common face are no longer alike', () => {
  expect(similarity(fuse(person(3), plain), fuse(person(150), plain))).toBeGreaterThan(0.2);
  expect(similarity(fuse(person(3), embeddingModels, 1), fuse(person(150), embeddingModels, 1))).toBeCloseTo(0, 5);
});

test('each network counts by its weight, and a template has length 1', () => {
  const [first, second] = [alone(0), alone(1)];
  const onlyFirstAgrees = [first[0], second[1]] as Float32Array[];
  expect(embeddingModels.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 10);
  expect(similarity(fuse(first, plain), fuse(onlyFirstAgrees, plain))).toBeCloseTo(embeddingModels[0]?.weight ?? 0, 5);
  const template = fuse(person(7), embeddingModels);
  expect(similarity(template, template)).toBeCloseTo(1, 5);
});

test('without its common face a network matches nobody', () => {
  const lost = embeddingModels.map(({ weight }) => ({ weight, commonFace: new Float32Array(0) }));
  const template = fuse(person(7), lost);
  expect(similarity(template, template)).toBeNaN();
});
