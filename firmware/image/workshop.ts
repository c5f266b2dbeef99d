/** Where the image is built: everything lies under build/image, which git does not see. */
import { join, resolve } from 'node:path';

export const root = resolve(import.meta.dirname, '..', '..');
export const own = import.meta.dirname;

const below = (...names: readonly string[]) => join(root, 'build', 'image', ...names);

export const workshop = {
  stamps: below('stamps'),
  /** apt's own state for arm64, apart from this PC's. */
  apt: below('apt'),
  debs: below('debs'),
  /** Debian as it is after its packages are configured. */
  debian: below('debian'),
  kernel: below('kernel'),
  /** Packages whose files are taken without being installed: boot loader and firmware of the board. */
  board: below('board'),
  project: below('project'),
  /** A target's own things. */
  target: (target: string, ...names: readonly string[]) => below(target, ...names),
} as const;
