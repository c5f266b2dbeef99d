/** The site file with its secrets, into the data partition: by debugfs, which needs no mount and works on files. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { readSharePassword, SHARE_PASSWORD_NAME } from '../../src/unit/clinic-share.ts';
import { readSite } from '../../src/unit/site.ts';
import { Mistake } from '../image/mistake.ts';
import { runTool } from '../image/run-tool.ts';
import type { Extent } from './partition-table.ts';

export type SiteFiles = {
  readonly readerId: string;
  readonly site: Buffer;
  readonly token: Buffer;
  /** Where the site file names a share of the clinic's network. */
  readonly sharePassword?: Buffer;
};

/** Which image this is, for the unit's evidence sheet: it cannot hold its own hash. */
type ImageNote = { readonly name: string; readonly sha256: string };

const TOKEN_NAME = 'enrolment-token';

/** @param token a file; without it `enrolment-token` beside the site file. Throws a Mistake that names field and reason. */
export async function readSiteFiles(siteFile: string, token?: string): Promise<SiteFiles> {
  const site = readSite(siteFile);
  if (!site.ok) throw new Mistake(site.fault.detail ?? `${siteFile} is wrong`);
  const tokenFile = token ?? join(dirname(siteFile), TOKEN_NAME);
  const text = await readFile(tokenFile, 'latin1').catch(() => {
    throw new Mistake(`${tokenFile} is missing: the reader's one-time token for its enrolment, from whoever runs the gateway.`);
  });
  if (!/^[\x21-\x7e]{8,512}$/.test(text.trim())) throw new Mistake(`${tokenFile}: a token is one line without spaces.`);
  const files = { readerId: site.value.readerId, site: await readFile(siteFile), token: Buffer.from(`${text.trim()}\n`) };
  if (!site.value.clinic.share) return files;
  const password = readSharePassword(join(dirname(siteFile), SHARE_PASSWORD_NAME));
  if (!password.ok) throw new Mistake(password.fault.detail ?? `${SHARE_PASSWORD_NAME} is wrong`);
  return { ...files, sharePassword: Buffer.from(`${password.value}\n`) };
}

/** Modes as the image's tmpfiles.d has them; it sets the owners at the first start. */
const placesOf = ({ site, token, sharePassword }: SiteFiles, image: ImageNote) => [
  { name: 'site.json', mode: '0100640', bytes: site },
  { name: TOKEN_NAME, mode: '0100600', bytes: token },
  { name: 'image.json', mode: '0100644', bytes: Buffer.from(`${JSON.stringify(image)}\n`) },
  ...(sharePassword ? [{ name: SHARE_PASSWORD_NAME, mode: '0100600', bytes: sharePassword }] : []),
];

/** Throws a Mistake when they cannot be read back as they were written. */
export async function addSiteFiles(disk: string, data: Extent, files: SiteFiles, image: ImageNote): Promise<void> {
  const places = placesOf(files, image);
  // e2fsprogs: a file system within a disk is named by its offset.
  const fileSystem = `${disk}?offset=${data.from}`;
  const work = await mkdtemp(join(tmpdir(), 'kazasu-flash-'));
  try {
    const commands = ['mkdir site'];
    for (const { name, mode, bytes } of places) {
      await writeFile(join(work, name), bytes, { mode: 0o600 });
      const path = `site/${name}`;
      commands.push(`rm ${path}`, `write ${join(work, name)} ${path}`, `set_inode_field ${path} mode ${mode}`);
    }
    // It ends with 0 whatever failed: what is there afterwards tells.
    await writeFile(join(work, 'commands'), `${commands.join('\n')}\n`);
    await runTool('debugfs', ['-w', '-f', join(work, 'commands'), fileSystem]);
    for (const { name, bytes } of places) {
      const back = join(work, 'back');
      await runTool('debugfs', ['-R', `dump site/${name} ${back}`, fileSystem]);
      const same = await readFile(back).then(
        (read) => read.equals(bytes),
        () => false,
      );
      if (!same) throw new Mistake(`${name} cannot be written into the data partition`);
      await rm(back);
    }
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}
