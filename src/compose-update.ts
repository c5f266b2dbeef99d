/** Puts the updater together: beside the reader, in a process and under a user of its own. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { systemClock } from './clock.ts';
import { failed, ok, type Result } from './faults/result.ts';
import { openKeptFile } from './kept-file.ts';
import { readSite } from './unit/site.ts';
import { runUpdateAgent } from './update/agent.ts';
import { readImageRelease } from './update/image-release.ts';
import type { UpdateUnit } from './update/ports.ts';
import { createRauc } from './update/rauc.ts';
import { createReaderLink } from './update/reader-link.ts';
import { createReleaseServer } from './update/release-server.ts';
import { createRunProgram } from './update/run-program.ts';
import { keptUpdate, nothingKept } from './update/standing.ts';
import { done, gone } from './update/update-fault.ts';
import { logLine } from './update/update-log.ts';

export type UpdateAgentOptions = {
  readonly site: string;
  /** The reader's control socket. */
  readonly control: string;
  /** Where its state lies. */
  readonly state: string;
  /** The device's own, PEM files. */
  readonly certificate: string;
  readonly key: string;
  /** A file whose appearing restarts the unit: systemd watches for it (kazasu-reboot.path). */
  readonly rebootRequest: string;
  readonly osRelease: string;
  readonly rauc: string;
};

export type UpdateAgent = { run(signal: AbortSignal): Promise<void> };

/**
 * @param log takes one line of JSON an event
 * Faults: SYS-902 when site file, image or state folder are not what an updater needs; the detail names which.
 */
export function composeUpdateAgent(options: UpdateAgentOptions, log: (line: string) => void): Result<UpdateAgent> {
  const site = readSite(options.site);
  if (!site.ok) return site;
  const { readerId, update } = site.value;
  const release = readImageRelease(options.osRelease);
  if (release === undefined) {
    return failed('SYS-902', `${options.osRelease}: IMAGE_ID and IMAGE_VERSION are missing, so this is no image of a unit`);
  }
  const kept = openKept(options.state);
  if (!kept.ok) return kept;
  const clock = systemClock;
  let doing = 'starting';
  const sourceOf = ({ feed, ring, caPem: ca }: NonNullable<typeof update>) => ({
    ring,
    server: createReleaseServer({
      ...{ feed, clock },
      tls: () => ({ ca, cert: readFileSync(options.certificate, 'latin1'), key: readFileSync(options.key, 'latin1') }),
      userAgent: () => `kazasu-update/${release.version} (${readerId}; ${release.compatible}; ring ${ring}; ${doing})`,
    }),
  });
  const unit: UpdateUnit = {
    clock,
    random: Math.random,
    identity: { readerId, compatible: release.compatible },
    running: release.version,
    bootId: readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim(),
    reader: createReaderLink({ path: options.control, clock }),
    installer: createRauc({ run: createRunProgram(clock), program: options.rauc }),
    ...(update === undefined ? {} : { source: sourceOf(update) }),
    kept: kept.value,
    requestReboot: () => requestReboot(options.rebootRequest),
    tell(event) {
      doing = event.name === 'update.fault' ? event.fault.code : event.name.replace('update.', '');
      log(logLine(event));
    },
  };
  return ok({ run: (signal) => runUpdateAgent(unit, signal) });
}

function openKept(folder: string): Result<UpdateUnit['kept']> {
  const path = join(folder, 'state.json');
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    return failed('SYS-902', `${folder}: cannot be made (${(error as NodeJS.ErrnoException).code})`);
  }
  let file = openKeptFile(path, keptUpdate, nothingKept);
  if (!file.ok) {
    // It holds nothing that the next self-test does not tell again.
    rmSync(path, { force: true });
    file = openKeptFile(path, keptUpdate, nothingKept);
  }
  if (!file.ok) return file;
  const { value: opened } = file;
  return ok({
    get value() {
      return opened.value;
    },
    keep(next) {
      const written = opened.keep(next);
      return written.ok ? done : gone('UPD-983', written.fault.detail ?? path);
    },
  });
}

function requestReboot(file: string) {
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, 'update\n');
    return done;
  } catch (error) {
    return gone('UPD-982', `${file}: cannot be written (${(error as NodeJS.ErrnoException).code})`);
  }
}
