import type { Point } from './picture.ts';
import type { Similarity } from './similarity-map.ts';

export const FACE_SIDE = 112;

/** Where the embedding network expects the eyes, the nose tip and the mouth corners in its 112 × 112 input (ArcFace). */
export const FACE_TEMPLATE: readonly Point[] = [
  [38.2946, 51.6963],
  [73.5318, 51.5014],
  [56.0252, 71.7366],
  [41.5493, 92.3655],
  [70.7299, 92.2041],
];

/**
 * The similarity that carries `from` onto `to` with the least sum of squared distances (Umeyama 1991, without
 * reflection; in the plane it has this closed form).
 */
export function leastSquares(from: readonly Point[], to: readonly Point[]): Similarity {
  const fromMean = mean(from);
  const toMean = mean(to);
  let along = 0;
  let across = 0;
  let spread = 0;
  from.forEach(([fromX, fromY], index) => {
    const [toX, toY] = to[index] as Point;
    const [x, y] = [fromX - fromMean[0], fromY - fromMean[1]];
    const [u, v] = [toX - toMean[0], toY - toMean[1]];
    along += x * u + y * v;
    across += x * v - y * u;
    spread += x * x + y * y;
  });
  const [a, b] = spread > 0 ? [along / spread, across / spread] : [1, 0];
  return { a, b, tx: toMean[0] - a * fromMean[0] + b * fromMean[1], ty: toMean[1] - b * fromMean[0] - a * fromMean[1] };
}

function mean(points: readonly Point[]): Point {
  const sum = points.reduce(([sumX, sumY], [x, y]) => [sumX + x, sumY + y] as const, [0, 0] as const);
  return [sum[0] / points.length, sum[1] / points.length];
}
