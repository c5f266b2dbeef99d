/**
 * The rates at the operating point for both groups, on photographs, printed with their intervals: a bounded sample, every
 * portrait (grey JPEG 2000, 240 × 320) against every other photograph. `npm run face:calibrate` measures them all.
 */
import { describe, expect, test } from 'vitest';
import { MATCH_THRESHOLD } from '../../src/face/models.ts';
import { loadNetworks } from '../../src/face/networks.ts';
import { type Rate, ratesAt } from '../campaigns/statistics.ts';
import { absentMessage, type FaceSet, facesFolder, readFaceSet } from './face-set.ts';
import { modelsDir } from './fixtures.ts';
import { alignedSides, embedWith, scoresOf } from './pipeline.ts';

/** Genuine pairs of all origins, spread evenly over the list. */
const PAIRS = 90;
const LIMIT_MS = 480_000;

const networks = await loadNetworks(modelsDir);
const faces = readFaceSet();
if (faces) describe('at the operating point', () => measure(faces));
else test.skip(`rates at the operating point. ${absentMessage(facesFolder)}`);

function measure({ folder, pairs, eastAsian }: FaceSet): void {
  const genuine = pairs.filter((pair) => pair.genuine);
  const spread = Array.from({ length: PAIRS }, (_, index) => genuine[Math.floor((index * genuine.length) / PAIRS)]);
  const groups: readonly [string, readonly string[]][] = [
    ['East Asian people', eastAsian.map(({ image }) => image)],
    ['people of all origins', spread.flatMap((pair) => (pair ? [pair.a, pair.b] : []))],
  ];

  test.each(groups)(
    'the rates for %s lie where they were found',
    async (name, images) => {
      if (!networks.ok) throw new Error(networks.fault.detail);
      const distinct = [...new Set(images)];
      const sides = await alignedSides(networks.value, folder, distinct);
      const { fmr, fnmr } = ratesAt(MATCH_THRESHOLD, await scoresOf(sides, embedWith(networks.value)));
      console.log(`${name}, ${sides.length} photographs: FMR ${told(fmr)}, FNMR ${told(fnmr)}`);
      expect(sides.length).toBeGreaterThan(0.98 * distinct.length);
      // The intervals' near ends: more than chance above one in a thousand, or above four in a hundred, is a change for the worse.
      expect(fmr.interval[0]).toBeLessThan(1e-3);
      expect(fnmr.interval[0]).toBeLessThan(0.04);
    },
    LIMIT_MS,
  );
}

function told({ events, of, interval }: Rate): string {
  return `${events} of ${of} (95 % interval ${interval.map((share) => `${(100 * share).toFixed(2)} %`).join('…')})`;
}
