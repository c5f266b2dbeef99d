/**
 * Who this reader is to the gateway: a key that was made here and never leaves, and the certificate for it. Whatever is
 * cut short is done again at the next start:
 *
 *     key made → certificate given → certificate on the disk → token removed
 */
import { generateKeyPairSync, X509Certificate } from 'node:crypto';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Clock, pause } from '../clock.ts';
import { failed, ok, type Result } from '../faults/result.ts';
import { fileFault, openKeyFile, syncFolder, writeDurably } from '../records/key-file.ts';
import { certificateFault, type EnrolmentOptions, enrol, renew } from './enrolment-client.ts';
import type { TlsIdentity } from './http-request.ts';

export type IdentityOptions = {
  /** Where key and certificate are kept. */
  readonly folder: string;
  readonly readerId: string;
  /** The certificates that the gateway, and this reader's own, must chain to: PEM. */
  readonly ca: string;
  /** Of the enrolment service. */
  readonly enrolUrl: string;
  /** The file of the one-time token; gone once it has done its work. */
  readonly tokenPath: string;
  readonly clock: Clock;
  /** Told, for the log, what could not be done and is tried again. */
  readonly onTrouble: (detail: string) => void;
};

/** PEM; `cert` changes when it is renewed. */
export type DeviceIdentity = TlsIdentity & { cert: string; readonly key: string };

const DAY_MS = 86_400_000;
/** So long before its end a certificate is renewed, and so often that is tried. */
const RENEW_DAYS_AHEAD = 30;
const RETRY_MS = 3_600_000;

/**
 * The identity that is kept, or a new one by the token. Faults: GATE-504 (refused, or neither certificate nor token),
 * GATE-501…503 (the service could not be asked), REC-701 (a file).
 */
export async function openDeviceIdentity(options: IdentityOptions, signal: AbortSignal): Promise<Result<DeviceIdentity>> {
  const { folder, readerId, ca, tokenPath } = options;
  const opened = openKeyFile(join(folder, 'device-key.pem'), newKey);
  if (!opened.ok) return opened;
  const key = Buffer.from(opened.value).toString('utf8');
  const path = certificatePath(folder);
  try {
    const kept = existsSync(path) ? readFileSync(path, 'utf8') : undefined;
    if (kept === undefined || certificateFault(kept, { readerId, key, ca }) !== undefined) {
      if (!existsSync(tokenPath))
        return failed('GATE-504', noWay(kept && certificateFault(kept, { readerId, key, ca }), tokenPath));
      const token = readFileSync(tokenPath, 'utf8').trim();
      const given = await enrol(enrolmentOf(options), { ca }, { key, token }, signal);
      if (!given.ok) return given;
      writeDurably(path, Buffer.from(given.value));
    }
    removeToken(options);
    return ok({ ca, key, cert: readFileSync(path, 'utf8') });
  } catch (error) {
    return fileFault(error, path);
  }
}

/**
 * Renews the certificate before its end, with the one that it has: looks once a day, and hourly while it does not
 * succeed, until `signal` aborts. What is connected with `identity` afterwards has the new one.
 */
export async function keepRenewed(options: IdentityOptions, identity: DeviceIdentity, signal: AbortSignal): Promise<void> {
  const { clock, folder, onTrouble } = options;
  while (!signal.aborted) {
    const renewed = daysLeft(identity.cert, clock) > RENEW_DAYS_AHEAD ? ok() : await renewOnce();
    if (!renewed.ok && !signal.aborted) onTrouble(`the certificate could not be renewed: ${renewed.fault.detail}`);
    await pause(clock, renewed.ok ? DAY_MS : RETRY_MS, signal);
  }

  async function renewOnce(): Promise<Result<void>> {
    const given = await renew(enrolmentOf(options), identity, signal);
    if (!given.ok) return given;
    try {
      writeDurably(certificatePath(folder), Buffer.from(given.value));
    } catch (error) {
      return fileFault(error, certificatePath(folder));
    }
    identity.cert = given.value;
    return ok();
  }
}

/** One that stays has been used: it does no harm, and the reader works. */
function removeToken({ tokenPath, onTrouble }: IdentityOptions): void {
  if (!existsSync(tokenPath)) return;
  try {
    rmSync(tokenPath);
    syncFolder(dirname(tokenPath));
  } catch (error) {
    onTrouble(`the used enrolment token ${tokenPath} could not be removed (${(error as NodeJS.ErrnoException).code})`);
  }
}

const certificatePath = (folder: string) => join(folder, 'device-certificate.pem');
const daysLeft = (pem: string, clock: Clock) =>
  (new X509Certificate(pem).validToDate.getTime() - clock.wall().getTime()) / DAY_MS;

const enrolmentOf = ({ enrolUrl: url, readerId, clock }: IdentityOptions): EnrolmentOptions => ({ url, readerId, clock });

function newKey(): Uint8Array {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return Buffer.from(privateKey.export({ type: 'pkcs8', format: 'pem' }));
}

function noWay(wrong: string | undefined, tokenPath: string): string {
  const certificate = wrong === undefined ? 'this reader has no certificate' : `the certificate of this reader ${wrong}`;
  return `${certificate}, and there is no enrolment token ${tokenPath}. Have one made for it and put it there.`;
}
