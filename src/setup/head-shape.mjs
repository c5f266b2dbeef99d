/**
 * A generic head for simulation: an ellipsoid with a nose. It stands for nobody, and how real heads differ from it is
 * not known here.
 */

/** Usual between the middles of an adult's eyes. */
export const EYE_DISTANCE_MM = 62;
/** How far the eyes lie before the axis about which the head turns, in eye distances. */
const EYES_BEFORE_AXIS = 1.35;
const HEAD = { halfWidth: 1.3, halfHeight: 1.9, depth: 1.5, below: 0.3 };
const NOSE = { tip: 0.62, height: 0.32, halfWidth: 0.16, underside: 0.26 };

/**
 * Lays a photograph over the head, for `renderSurface`: with the pose of `headPose` and no yaw it looks as in the
 * photograph. `distance` is from the camera to the eyes, in millimetres.
 */
export function headSurface({ width, height }, { x, y, apart, tilt }, distance) {
  const [sin, cos] = [Math.sin((tilt * Math.PI) / 180), Math.cos((tilt * Math.PI) / 180)];
  return (u, v) => {
    const [across, down] = [(u * width - x) / apart, (v * height - y) / apart];
    const [headX, headY] = [across * cos + down * sin, down * cos - across * sin];
    const z = depth(headX, headY);
    // On the ray from the camera through the photograph's own place, which is where the eyes are.
    const nearer = 1 - ((z - EYES_BEFORE_AXIS) * EYE_DISTANCE_MM) / distance;
    return [headX * nearer * EYE_DISTANCE_MM, headY * nearer * EYE_DISTANCE_MM, z * EYE_DISTANCE_MM];
  };
}

/** `yaw` in degrees, more than 0 towards the right of the picture: the person's own left. */
export function headPose({ tilt }, distance, yaw) {
  return { yaw, roll: tilt, distance: distance + EYES_BEFORE_AXIS * EYE_DISTANCE_MM };
}

/** How far the head's surface stands out before its axis at a place seen from the eyes' middle, in eye distances. */
function depth(x, y) {
  const round = Math.max(0, 1 - (x / HEAD.halfWidth) ** 2 - ((y - HEAD.below) / HEAD.halfHeight) ** 2);
  return HEAD.depth * Math.sqrt(round) + nose(x, y);
}

/** A ridge that rises from between the eyes to the tip and falls steeply below it. */
function nose(x, y) {
  const along = y <= NOSE.tip ? Math.max(0, y / NOSE.tip) ** 1.4 : Math.max(0, 1 - ((y - NOSE.tip) / NOSE.underside) ** 2);
  const halfWidth = NOSE.halfWidth * (0.7 + 0.6 * along);
  return NOSE.height * along * Math.exp(-((x / halfWidth) ** 2) / 2);
}
