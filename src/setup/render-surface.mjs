/**
 * Draws a picture that lies on a surface (a flat print, a bent one, a head) as a camera sees it from a distance. Used to
 * simulate: for the bench's turned faces at set-up, and to measure presentation attacks.
 *
 * Space is in millimetres: x to the right of the picture, y down, z towards the camera, which looks along −z at the
 * surface's own origin from `distance`. A pinhole camera without distortion; the surface is a mesh with a depth buffer.
 */

/** In pixels: some 60° across 640, as a webcam has. */
export const FOCAL = 554;
/** Cells of the mesh each way. */
const CELLS = 56;

/**
 * Draws into `frame.data` (RGB, rows from the top) and leaves all else as it was.
 *
 * `surface(u, v)` gives the place of a point of the picture, 0…1 from its left and top edge, in millimetres. Angles are
 * in degrees: `yaw` turns the front to the right of the picture, `pitch` downwards, `roll` clockwise. `x` and `y` shift
 * the surface, in millimetres.
 */
export function renderSurface(frame, picture, surface, pose) {
  const place = placing(frame, pose);
  const stride = CELLS + 1;
  const points = [];
  for (let row = 0; row <= CELLS; row++) {
    for (let column = 0; column <= CELLS; column++) {
      const [u, v] = [column / CELLS, row / CELLS];
      points.push({ ...place(surface(u, v)), u, v });
    }
  }
  const depths = new Float32Array(frame.width * frame.height).fill(Number.NEGATIVE_INFINITY);
  for (let row = 0; row < CELLS; row++) {
    for (let column = 0; column < CELLS; column++) {
      const at = row * stride + column;
      const [a, b, c, d] = [points[at], points[at + 1], points[at + stride], points[at + stride + 1]];
      drawTriangle(frame, depths, picture, a, b, c);
      drawTriangle(frame, depths, picture, d, c, b);
    }
  }
}

/** From a point of the surface to its pixel and its nearness to the camera. */
function placing({ width, height }, { yaw = 0, pitch = 0, roll = 0, x = 0, y = 0, distance }) {
  const [sinY, cosY, sinP, cosP, sinR, cosR] = [yaw, pitch, roll].flatMap((degrees) => {
    const angle = (degrees * Math.PI) / 180;
    return [Math.sin(angle), Math.cos(angle)];
  });
  return ([px, py, pz]) => {
    const [ax, az] = [px * cosY + pz * sinY, pz * cosY - px * sinY];
    const [by, bz] = [py * cosP + az * sinP, az * cosP - py * sinP];
    const [cx, cy] = [ax * cosR - by * sinR + x, ax * sinR + by * cosR + y];
    const scale = FOCAL / (distance - bz);
    return { x: width / 2 + cx * scale, y: height / 2 + cy * scale, near: bz };
  };
}

function drawTriangle(frame, depths, picture, a, b, c) {
  const area = (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
  // Seen from behind: a head hides its far side, and a print shows its back to nobody here.
  if (area <= 0) return;
  const left = Math.max(0, Math.ceil(Math.min(a.x, b.x, c.x) - 0.5));
  const right = Math.min(frame.width - 1, Math.floor(Math.max(a.x, b.x, c.x) - 0.5));
  const top = Math.max(0, Math.ceil(Math.min(a.y, b.y, c.y) - 0.5));
  const bottom = Math.min(frame.height - 1, Math.floor(Math.max(a.y, b.y, c.y) - 0.5));
  for (let y = top; y <= bottom; y++) {
    for (let x = left; x <= right; x++) {
      const [px, py] = [x + 0.5, y + 0.5];
      const shareB = ((px - a.x) * (c.y - a.y) - (py - a.y) * (c.x - a.x)) / area;
      const shareC = ((b.x - a.x) * (py - a.y) - (b.y - a.y) * (px - a.x)) / area;
      const shareA = 1 - shareB - shareC;
      if (shareA < -1e-6 || shareB < -1e-6 || shareC < -1e-6) continue;
      const near = shareA * a.near + shareB * b.near + shareC * c.near;
      const at = y * frame.width + x;
      if (near <= depths[at]) continue;
      depths[at] = near;
      const u = shareA * a.u + shareB * b.u + shareC * c.u;
      const v = shareA * a.v + shareB * b.v + shareC * c.v;
      copyPixel(frame, at, picture, u * picture.width - 0.5, v * picture.height - 0.5);
    }
  }
}

/** One bilinear sample, RGB or grey, laid over what is there by its opacity where the picture has a fourth channel. */
function copyPixel(frame, at, { data, width, height, channels }, x, y) {
  const left = Math.min(Math.max(Math.floor(x), 0), width - 2);
  const top = Math.min(Math.max(Math.floor(y), 0), height - 2);
  const across = Math.min(Math.max(x - left, 0), 1);
  const down = Math.min(Math.max(y - top, 0), 1);
  const value = (channel) => {
    const above = (top * width + left) * channels + channel;
    const below = above + width * channels;
    const upper = data[above] * (1 - across) + data[above + channels] * across;
    return upper * (1 - down) + (data[below] * (1 - across) + data[below + channels] * across) * down;
  };
  const opacity = channels === 4 ? value(3) / 255 : 1;
  for (let channel = 0; channel < 3; channel++) {
    const under = frame.data[at * 3 + channel];
    frame.data[at * 3 + channel] = Math.round(under + (value(channels === 1 ? 0 : channel) - under) * opacity);
  }
}
