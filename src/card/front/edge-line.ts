/** A straight edge that runs nearly along one axis: v = offset + slope · u. */
export type EdgeLine = { readonly offset: number; readonly slope: number };

export type EdgePoint = { readonly u: number; readonly v: number };

const ROUNDS = 6;
/** Points further off than this many times the median distance are left out of the next round. */
const TOO_FAR = 2.5;
/** Of the points that are to lie on the line at last. */
const MIN_SHARE = 0.5;

/**
 * The line that most points lie on: least squares, again and again without what lies far off (a corner, dirt, a thumb).
 * Undefined when fewer than half of the points come to lie within `tolerancePx` of it.
 */
export function fitEdge(points: readonly EdgePoint[], tolerancePx: number): EdgeLine | undefined {
  let kept = points;
  let line = leastSquares(kept);
  for (let round = 0; line && round < ROUNDS; round++) {
    const { offset, slope } = line;
    const distance = ({ u, v }: EdgePoint) => Math.abs(v - offset - slope * u);
    const distances = kept.map(distance).sort((a, b) => a - b);
    const limit = Math.max(tolerancePx / 2, TOO_FAR * (distances[distances.length >> 1] ?? 0));
    kept = kept.filter((point) => distance(point) <= limit);
    line = leastSquares(kept);
  }
  if (!line) return undefined;
  const { offset, slope } = line;
  const near = points.filter(({ u, v }) => Math.abs(v - offset - slope * u) <= tolerancePx).length;
  return near >= MIN_SHARE * points.length ? line : undefined;
}

function leastSquares(points: readonly EdgePoint[]): EdgeLine | undefined {
  const count = points.length;
  if (count < 8) return undefined;
  const meanU = points.reduce((sum, { u }) => sum + u, 0) / count;
  const meanV = points.reduce((sum, { v }) => sum + v, 0) / count;
  let uu = 0;
  let uv = 0;
  for (const { u, v } of points) {
    uu += (u - meanU) ** 2;
    uv += (u - meanU) * (v - meanV);
  }
  const slope = uv / uu;
  return Number.isFinite(slope) ? { offset: meanV - slope * meanU, slope } : undefined;
}
