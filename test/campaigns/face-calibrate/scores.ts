/** From what the embedding networks say of the photographs to trials: everyone with everyone, and East Asian faces apart. */
import { fuse, type Part } from '../../../src/face/embed.ts';
import type { Parts, Photograph } from './pictures.ts';
import type { Comparison, Trial } from './trial.ts';

/** How templates are made: each row of the second table is one of these. */
export type Recipe = {
  /** Of each embedding network, in the order of models.ts; 0 leaves it out. */
  readonly weights: readonly number[];
  /** 0 leaves the common face in. */
  readonly commonShare: number;
  readonly reference: (photograph: Photograph) => Parts;
  readonly probe: (photograph: Photograph) => Parts;
};

/** The part of the impostor comparisons, highest first, that a trial of everyone keeps. */
const KEPT = 0.01;

/** Each person counts once: of one with many photographs the mean would take off what is their own. */
export function commonFaceOf(people: Iterable<readonly Photograph[]>): Parts {
  return meanOf([...people].map((photographs) => meanOf(photographs.flatMap(({ parts }) => [parts.clean, parts.card240]))));
}

function meanOf(all: readonly Parts[]): Parts {
  const [first = []] = all;
  return first.map((part, network) => {
    const sum = new Float32Array(part.length);
    for (const parts of all) {
      parts[network]?.forEach((value, index) => {
        sum[index] = (sum[index] as number) + value;
      });
    }
    return sum.map((value) => value / all.length);
  });
}

export function byPerson(photographs: readonly Photograph[]): readonly (readonly Photograph[])[] {
  return [...Map.groupBy(photographs, ({ identity }) => identity).values()];
}

/** Every reference against every probe, the common face of all East Asian ones taken off. */
export function trialOfEveryone(photographs: readonly Photograph[], recipe: Recipe): Trial {
  const people = byPerson(photographs);
  const models = partsFor(recipe, commonFaceOf(byPerson(photographs.filter(({ eastAsian }) => eastAsian))));
  const faces = people.flatMap((own, person) => own.map((photograph) => ({ person, photograph })));
  const references = stack(faces.map(({ photograph }) => templateOf(recipe.reference(photograph), models, recipe)));
  const probes = stack(faces.map(({ photograph }) => templateOf(recipe.probe(photograph), models, recipe)));
  const scores = productsOf(references, probes, faces.length);

  const personOf = Uint16Array.from(faces, ({ person }) => person);
  const floor = floorOf(scores, personOf);
  const genuine: Comparison[] = [];
  const impostor: Comparison[] = [];
  scores.forEach((score, index) => {
    const [row, column] = [Math.floor(index / faces.length), index % faces.length];
    if (row === column) return;
    const [a, b] = [personOf[row] as number, personOf[column] as number];
    if (a === b) genuine.push({ a, b, score });
    else if (score >= floor) impostor.push({ a, b, score });
  });
  return { photographs: people.map((own) => own.length), genuine, impostor: impostor.sort((a, b) => b.score - a.score) };
}

/**
 * East Asian faces among themselves. For each two people the common face is that of all the others, so that it holds
 * nothing of the two: as it will be at the counter.
 */
export function trialOfEastAsian(photographs: readonly Photograph[], recipe: Recipe): Trial {
  const people = byPerson(photographs.filter(({ eastAsian }) => eastAsian));
  const genuine: Comparison[] = [];
  const impostor: Comparison[] = [];
  const means = people.map((own) => commonFaceOf([own]));
  const total = meanOf(means);
  people.forEach((own, a) => {
    people.slice(0, a + 1).forEach((others, b) => {
      const models = partsFor(recipe, without(total, means, a === b ? [a] : [a, b]));
      const compare = (references: readonly Photograph[], probes: readonly Photograph[]) => {
        const templates = probes.map((probe) => templateOf(recipe.probe(probe), models, recipe));
        for (const reference of references) {
          const template = templateOf(recipe.reference(reference), models, recipe);
          probes.forEach((probe, index) => {
            const score = dot(template, templates[index] as Float32Array);
            if (a !== b) impostor.push({ a, b, score });
            else if (probe !== reference) genuine.push({ a, b, score });
          });
        }
      };
      compare(own, others);
      if (a !== b) compare(others, own);
    });
  });
  return { photographs: people.map((own) => own.length), genuine, impostor: impostor.sort((a, b) => b.score - a.score) };
}

function without(total: Parts, means: readonly Parts[], left: readonly number[]): Parts {
  const rest = means.length - left.length;
  return total.map((part, network) =>
    part.map((value, index) => {
      const theirs = left.reduce((sum, person) => sum + (means[person]?.[network]?.[index] as number), 0);
      return (value * means.length - theirs) / rest;
    }),
  );
}

function partsFor({ weights }: Recipe, common: Parts): readonly Part[] {
  return weights.map((weight, network) => ({ weight, commonFace: common[network] as Float32Array }));
}

function templateOf(parts: Parts, models: readonly Part[], { commonShare }: Recipe): Float32Array {
  return fuse(parts, models, commonShare);
}

function stack(templates: readonly Float32Array[]): Float32Array {
  const size = templates[0]?.length ?? 0;
  const rows = new Float32Array(templates.length * size);
  for (const [row, template] of templates.entries()) rows.set(template, row * size);
  return rows;
}

/** Every row of `a` with every row of `b`. */
function productsOf(a: Float32Array, b: Float32Array, rows: number): Float32Array {
  const size = a.length / rows;
  const products = new Float32Array(rows * rows);
  for (let row = 0; row < rows; row++) {
    const one = a.subarray(row * size, (row + 1) * size);
    for (let column = 0; column < rows; column++) {
      products[row * rows + column] = dot(one, b.subarray(column * size, (column + 1) * size));
    }
  }
  return products;
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let index = 0; index < a.length; index++) sum += (a[index] as number) * (b[index] as number);
  return sum;
}

function floorOf(scores: Float32Array, personOf: Uint16Array): number {
  const different = scores.filter((_, index) => {
    return personOf[Math.floor(index / personOf.length)] !== personOf[index % personOf.length];
  });
  return different.sort()[Math.floor(different.length * (1 - KEPT))] ?? -1;
}
