/** Which unit this is, and what runs on it: what a sheet on paper must name. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const imageNote = z.strictObject({ name: z.string().max(100), sha256: z.string().regex(/^[0-9a-f]{64}$/) });

/** What is not known here is absent. */
export type UnitFacts = {
  readonly readerId: string;
  readonly institutionCode?: string;
  /** The board's model, and the number burnt into it. */
  readonly board?: string;
  readonly serialNumber?: string;
  /** Name and version of the image that runs. */
  readonly image?: string;
  /** SHA-256 and name of the image that was flashed, as the technician's tool noted it; updates come after it. */
  readonly imageSha256?: string;
  /** A or B. */
  readonly slot?: string;
  /** Versions: of this program, of the card module's and of the panel's. */
  readonly program: string;
  readonly module?: string;
  readonly panel?: string;
};

/** What this machine tells of itself. @param root `/`, or what stands for it in a test */
export function machineFacts(root = '/'): Pick<UnitFacts, 'board' | 'serialNumber' | 'image' | 'imageSha256' | 'slot'> {
  const text = (path: string) => textOf(join(root, path));
  const release = Object.fromEntries(
    text('etc/os-release')
      .split('\n')
      .map((line) => line.replaceAll('"', '').split('=', 2)),
  );
  const image = [release['IMAGE_ID'], release['IMAGE_VERSION']].filter(Boolean).join(' ') || release['PRETTY_NAME'];
  return known({
    // Device-tree strings end with a zero byte; the DMI's are for PCs.
    board: text('proc/device-tree/model') || text('sys/class/dmi/id/product_name'),
    serialNumber: text('proc/device-tree/serial-number') || text('sys/class/dmi/id/product_serial'),
    image,
    imageSha256: sha256Of(text('data/site/image.json')),
    slot: /\brauc\.slot=(\S+)/.exec(text('proc/cmdline'))?.[1],
  });
}

/** `{ "name": "…", "sha256": "…" }`, left on the data partition by whoever wrote the image. */
function sha256Of(json: string): string | undefined {
  try {
    const { name, sha256 } = imageNote.parse(JSON.parse(json));
    return `${sha256} (${name})`;
  } catch {
    return undefined;
  }
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8').replaceAll('\0', '').trim();
  } catch {
    return '';
  }
}

const known = (facts: Readonly<Record<string, string | undefined>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(facts).flatMap(([name, value]) => (value ? [[name, value]] : [])));
