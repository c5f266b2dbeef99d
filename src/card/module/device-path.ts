/**
 * Under which device node the module is. A USB serial adapter that is plugged in again may come back as another node
 * (`ttyUSB0` → `ttyUSB1`), while its link in `/dev/serial/by-id`, made of its maker, name and serial number, stays the same.
 *
 * So a plain path is followed by its link from the first time that a module was found there, and then by nothing else: what
 * has the old node now may be another device.
 */
import { readdirSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';

const BY_ID_FOLDER = '/dev/serial/by-id';

export interface DevicePath {
  /** The paths to look at now, in this order. */
  candidates(): readonly string[];
  /** The module is behind `path`. */
  remember(path: string): void;
}

/** @param configured a device node, a link to one, or `auto` for every adapter in `folder` */
export function createDevicePath(configured: string, folder: string = BY_ID_FOLDER): DevicePath {
  let link: string | undefined;
  let last: string | undefined;

  return {
    candidates() {
      if (configured !== 'auto') return [link ?? configured];
      const all = linksIn(folder);
      return last === undefined ? all : [...all.filter((path) => path === last), ...all.filter((path) => path !== last)];
    },
    remember(path) {
      last = path;
      if (configured === 'auto' || dirname(configured) === folder) return;
      link ??= linksIn(folder).find((candidate) => isSame(candidate, path));
    },
  };
}

function linksIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
      .sort()
      .map((name) => join(folder, name));
  } catch {
    // No adapter is plugged in, or the system keeps no such folder.
    return [];
  }
}

function isSame(one: string, other: string): boolean {
  try {
    return realpathSync(one) === realpathSync(other);
  } catch {
    return false;
  }
}
