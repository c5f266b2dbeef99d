import { createHash } from 'node:crypto';
import { join } from 'node:path';

/** Where the clips lie: `<language>/<spoken>.ogg`, and beside them manifest.json. */
export const clipsFolder = join(import.meta.dirname, 'clips');

/** What each clip was made from and how it came out, by its path below the folder. */
export type Manifest = Record<
  string,
  {
    readonly wordsSha256: string;
    readonly clipSha256: string;
    /** Integrated loudness, ITU-R BS.1770. */
    readonly lufs: number;
    readonly peakDbfs: number;
    readonly seconds: number;
  }
>;

export const sha256 = (content: string | Uint8Array): string => createHash('sha256').update(content).digest('hex');
