import { readFileSync } from 'node:fs';
import { isVersion } from './version.ts';

/** What the running image says of itself: os-release(5), `IMAGE_ID` and `IMAGE_VERSION`. */
export type ImageRelease = { readonly compatible: string; readonly version: string };

/** @returns undefined when it says neither, as on a PC. Throws file errors */
export function readImageRelease(file: string): ImageRelease | undefined {
  const fields = new Map(
    readFileSync(file, 'utf8')
      .split('\n')
      .map((line): [string, string] => {
        const [name = '', value = ''] = line.split('=', 2);
        return [name, value.replace(/^(["'])(.*)\1$/, '$2')];
      }),
  );
  const [compatible, version] = [fields.get('IMAGE_ID'), fields.get('IMAGE_VERSION')];
  return compatible && version && isVersion(version) ? { compatible, version } : undefined;
}
