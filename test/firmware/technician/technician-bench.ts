/** A technician's table: a signed image in small, a clinic's site file with its token, and used cards, all of them files. */
import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { KeyFiles } from '../../../firmware/update/make-keys.ts';
import { createTlsCa } from '../../../src/bench/pki/tls-ca.ts';
import { testKeys } from '../update/signed.ts';
import { smallImage } from './small-image.ts';

export const MEGABYTE = 1024 * 1024;
/** A card that has been used: nothing on it is zero. */
export const USED = 0xa5;

export type TechnicianBench = {
  readonly image: string;
  readonly imageSize: number;
  readonly keys: KeyFiles;
  /** What the site file says. */
  readonly site: object;
  file(name: string): string;
  usedCard(name: string, size?: number): string;
  close(): void;
};

export async function openTechnicianBench(): Promise<TechnicianBench> {
  const folder = mkdtempSync(join(tmpdir(), 'kazasu-flash-'));
  const file = (name: string) => join(folder, name);
  const keys = await testKeys(file('keys'));
  mkdirSync(file('image'));
  const image = await smallImage(file('image'), keys);
  const imageSize = statSync(image).size;
  const caPem = (await createTlsCa(new Date())).ca;
  const site = {
    readerId: 'KZ000042',
    medicalInstitutionCode: '1310000000',
    gateway: { url: 'https://gateway.example', enrolUrl: 'https://gateway.example:8443', caPem },
    network: { dhcp: true },
    time: { servers: ['ntp.example'] },
  };
  writeFileSync(file('site.json'), JSON.stringify(site));
  writeFileSync(file('enrolment-token'), 'one-time-0123456789\n');
  return {
    ...{ image, imageSize, keys, site, file },
    usedCard(name, size = imageSize + 5 * MEGABYTE) {
      writeFileSync(file(name), Buffer.alloc(size, USED));
      return file(name);
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}

export const untouched = (card: string) => readFileSync(card).equals(Buffer.alloc(statSync(card).size, USED));
export const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

export function tool(command: string, ...args: string[]): SpawnSyncReturns<string> {
  const run = spawnSync(command, args, { encoding: 'utf8' });
  if (run.error) throw new Error(`${command} is needed for this test: ${run.error.message}`);
  return run;
}
