/** The figures of src/face/README.md, as Markdown. */
import { COMMON_SHARE, embeddingModels, MATCH_THRESHOLD } from '../../../src/face/models.ts';
import { type Photographs, REFERENCES, type Reference } from './pictures.ts';
import { type Recipe, trialOfEastAsian, trialOfEveryone } from './scores.ts';
import { bootstrap, everyone, fmrAt, fnmrAt, halves, type Interval, impostorPairs, type Trial, thresholdFor } from './trial.ts';

type Group = { readonly name: string; readonly trial: Trial };
type Tell = (line: string) => void;

const RATES = [1e-3, 1e-4] as const;
const HALVINGS = 20;
const REFERENCE_NAMES: Record<Reference, string> = {
  clean: 'photograph as it is',
  card240: 'card, 240 × 320, 5 kB',
  card120: 'card, 120 × 160, 1.3 kB',
};

const inUse: Recipe = {
  weights: embeddingModels.map(({ weight }) => weight),
  commonShare: COMMON_SHARE,
  reference: ({ parts }) => parts.card240,
  probe: ({ parts }) => parts.clean,
};

export function tablesOf(photographs: Photographs, tell: Tell): string {
  const trials = new Map<Reference, readonly Group[]>();
  for (const reference of REFERENCES) {
    tell(`comparing: ${REFERENCE_NAMES[reference]}`);
    trials.set(reference, groupsOf(photographs, { ...inUse, reference: ({ parts }) => parts[reference] }));
  }
  const card = trials.get('card240') ?? [];
  tell('drawing people for the intervals');
  return [
    countsOf(photographs, card),
    operatingPoint(trials),
    thresholds(trials),
    otherHalves(card),
    measures(photographs, tell),
  ].join('\n\n');
}

function groupsOf({ found }: Photographs, recipe: Recipe): readonly Group[] {
  return [
    { name: 'all origins', trial: trialOfEveryone(found, recipe) },
    { name: 'East Asian', trial: trialOfEastAsian(found, recipe) },
  ];
}

function countsOf({ withoutFace }: Photographs, groups: readonly Group[]): string {
  const rows = groups.map(({ name, trial }) => {
    const photographs = trial.photographs.reduce((sum, count) => sum + count, 0);
    const pairs = [photographs, trial.photographs.length, trial.genuine.length, impostorPairs(trial, everyone(trial))];
    return [name, ...pairs.map(whole)];
  });
  const header = ['group', 'photographs', 'people', 'genuine comparisons', 'impostor comparisons'];
  return `${table(header, rows)}\n\nPhotographs without a face that the detector finds: ${withoutFace}.`;
}

function operatingPoint(trials: ReadonlyMap<Reference, readonly Group[]>): string {
  const rows = [...trials].map(([reference, groups]) => {
    const cells = groups.flatMap(({ trial }) => {
      const fmr = (weights = everyone(trial)) => fmrAt(MATCH_THRESHOLD, trial, weights);
      const fnmr = (weights = everyone(trial)) => fnmrAt(MATCH_THRESHOLD, trial, weights);
      return [`${power(fmr())} (${powers(bootstrap(trial, fmr))})`, `${percent(fnmr())} (${percents(bootstrap(trial, fnmr))})`];
    });
    const [all, eastAsian] = groups.map(({ trial }) => fmrAt(MATCH_THRESHOLD, trial, everyone(trial)));
    return [REFERENCE_NAMES[reference], ...cells, ((eastAsian ?? Number.NaN) / (all ?? Number.NaN)).toFixed(1)];
  });
  const header = ['reference', 'FMR, all origins', 'FNMR, all origins', 'FMR, East Asian', 'FNMR, East Asian', 'FMR ratio'];
  return `At the threshold in use, ${MATCH_THRESHOLD}:\n\n${table(header, rows)}`;
}

function thresholds(trials: ReadonlyMap<Reference, readonly Group[]>): string {
  const rows = [...trials].flatMap(([reference, groups]) =>
    groups.flatMap(({ name, trial }) => {
      const cells = RATES.flatMap((rate) => {
        const fnmr = (weights = everyone(trial)) => fnmrAt(thresholdFor(rate, trial, weights), trial, weights);
        const threshold = thresholdFor(rate, trial, everyone(trial));
        return [threshold.toFixed(3), `${percent(fnmr())} (${percents(bootstrap(trial, fnmr))})`];
      });
      return [[REFERENCE_NAMES[reference], name, ...cells]];
    }),
  );
  const header = ['reference', 'group', 'threshold', 'FNMR at FMR 1e-3', 'threshold', 'FNMR at FMR 1e-4'];
  return `At the threshold that each group would have for itself (chosen on the comparisons it is told of, anew in every draw of people):\n\n${table(header, rows)}`;
}

/** The same with nothing seen before: the threshold of one half of the people, the rates of the other. */
function otherHalves(groups: readonly Group[]): string {
  const rows = groups.map(({ name, trial }) => {
    const told = Array.from({ length: HALVINGS }, (_, seed) => {
      const [chosen, other] = halves(trial, seed);
      const threshold = thresholdFor(1e-3, trial, chosen);
      return { threshold, fmr: fmrAt(threshold, trial, other), fnmr: fnmrAt(threshold, trial, other) };
    });
    const of = (key: 'threshold' | 'fmr' | 'fnmr') => told.map((half) => half[key]).sort((a, b) => a - b);
    const spread = (values: readonly number[], show: (value: number) => string) =>
      `${show(values.reduce((sum, value) => sum + value, 0) / values.length)} (${show(values[0] ?? Number.NaN)}…${show(values.at(-1) ?? Number.NaN)})`;
    return [name, spread(of('threshold'), (value) => value.toFixed(3)), spread(of('fmr'), power), spread(of('fnmr'), percent)];
  });
  const header = ['group', 'threshold of one half', 'FMR of the other', 'FNMR of the other'];
  return `The threshold for FMR 1e-3 chosen on one half of the people and told of the other, ${HALVINGS} random halvings, mean (least…most), card of 240 × 320:\n\n${table(header, rows)}`;
}

/** One measure after the other, all at the threshold that gives a false match rate of 1e-3 among East Asian faces. */
function measures(photographs: Photographs, tell: Tell): string {
  const onlyFirst = inUse.weights.map((_, network) => (network === 0 ? 1 : 0));
  const onlySecond = inUse.weights.map((_, network) => (network === 1 ? 1 : 0));
  const recipes: readonly (readonly [string, Recipe])[] = [
    [`${embeddingModels[0]?.id} alone`, { ...inUse, weights: onlyFirst, commonShare: 0 }],
    [`${embeddingModels[1]?.id} alone`, { ...inUse, weights: onlySecond, commonShare: 0 }],
    ['both', { ...inUse, commonShare: 0 }],
    [`${embeddingModels[0]?.id}, less the common face`, { ...inUse, weights: onlyFirst, commonShare: 1 }],
    ['both, less the common face', { ...inUse, commonShare: 1 }],
    [`both, less ${COMMON_SHARE} times the common face (in use)`, inUse],
    [
      'the same, mirrored too on both sides (not in use)',
      { ...inUse, reference: ({ mirroredToo }) => mirroredToo.card240, probe: ({ mirroredToo }) => mirroredToo.clean },
    ],
  ];
  const rows = recipes.map(([name, recipe]) => {
    tell(`measure: ${name}`);
    const [all, eastAsian] = groupsOf(photographs, recipe).map(({ trial }) => trial) as [Trial, Trial];
    const threshold = thresholdFor(1e-3, eastAsian, everyone(eastAsian));
    const own = RATES.map((rate) => percent(fnmrAt(thresholdFor(rate, all, everyone(all)), all, everyone(all))));
    return [
      name,
      threshold.toFixed(3),
      percent(fnmrAt(threshold, eastAsian, everyone(eastAsian))),
      power(fmrAt(threshold, all, everyone(all))),
      percent(fnmrAt(threshold, all, everyone(all))),
      own.join(', '),
    ];
  });
  const header = [
    'measure',
    'threshold',
    'FNMR, East Asian',
    'FMR, all origins',
    'FNMR, all origins',
    'FNMR, all origins, at their own FMR 1e-3, 1e-4',
  ];
  return `What each measure gave: card of 240 × 320, at the threshold for FMR 1e-3 among East Asian faces:\n\n${table(header, rows)}`;
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n');
}

const whole = (value: number) => value.toLocaleString('en-GB');
const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
const percents = ([low, high]: Interval) => `${(100 * low).toFixed(1)}…${(100 * high).toFixed(1)}`;
const power = (share: number) => share.toExponential(1);
const powers = ([low, high]: Interval) => `${power(low)}…${power(high)}`;
