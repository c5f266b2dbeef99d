/**
 * The result handed over as a file in a folder of the clinic. Its software looks there at any moment, so a result
 * appears whole and by one rename, its sidecar before it.
 */
import { access, constants, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Clock, deadline } from '../clock.ts';
import { failed, ok, type Result } from '../faults/result.ts';
import type { ClinicPort, ClinicResult, StagedResult } from '../reception/ports.ts';
import { giveName, hasCode, removeTemporary, syncFolder, TEMPORARY, writeTemporary } from './durable-file.ts';
import { resultFileName } from './result-file-name.ts';
import { resultXml } from './result-xml.ts';
import { sidecarJson, sidecarName } from './sidecar.ts';

export type ClinicFolderOptions = {
  readonly folder: string;
  readonly readerId: string;
  readonly clock: Clock;
  /** 10 digits. */
  readonly medicalInstitutionCode: string;
};

/** What an earlier run left under temporary names, and what became of it; names without their folder. */
export type Recovered = { readonly published: readonly string[]; readonly removed: readonly string[] };

export interface ClinicFolder extends ClinicPort {
  /** Whether the folder is there and can be written. Fault: REC-702. */
  check(): Promise<Result<void>>;
  /** Finishes what an earlier run left half done: a result whose record stands gets its name, any other is removed.
   *  Fault: REC-702. */
  recover(recorded: (fileName: string) => 'accepted' | 'unknown'): Promise<Result<Recovered>>;
}

/** A folder on a network share may never answer. */
const BOUND_MS = 5_000;

export function createClinicFolder(options: ClinicFolderOptions): ClinicFolder {
  const { folder, readerId, clock, medicalInstitutionCode } = options;

  /** Fault: REC-702 with the system's own code, or when the folder did not answer in time. The work itself goes on. */
  async function bounded<T>(work: Promise<T>, signal?: AbortSignal): Promise<Result<T>> {
    const bound = deadline(clock, BOUND_MS, signal);
    const stopped = new Promise<Result<T>>((resolve) => {
      const stop = () => resolve(failed('REC-702', bound.expired() ? 'the folder does not answer' : 'stopped'));
      bound.signal.addEventListener('abort', stop, { once: true });
    });
    try {
      return await Promise.race([work.then(ok<T>, folderFault), stopped]);
    } finally {
      bound.done();
    }
  }

  async function write(fileName: string, result: ClinicResult): Promise<void> {
    await writeTemporary(join(folder, sidecarName(fileName)), sidecarJson(result, readerId, fileName));
    await writeTemporary(join(folder, fileName), resultXml(result, medicalInstitutionCode));
    await syncFolder(folder);
  }

  async function publish(fileName: string): Promise<string> {
    await giveName(join(folder, sidecarName(fileName))).catch((error) => {
      // An earlier attempt got this far.
      if (!hasCode(error, 'ENOENT')) throw error;
    });
    await giveName(join(folder, fileName));
    await syncFolder(folder);
    return join(folder, fileName);
  }

  async function remove(fileName: string): Promise<void> {
    await removeTemporary(join(folder, fileName));
    await removeTemporary(join(folder, sidecarName(fileName)));
    // A hand-over that failed half-way may have given the sidecar its name already.
    await rm(join(folder, sidecarName(fileName)), { force: true });
  }

  async function recover(recorded: (fileName: string) => 'accepted' | 'unknown'): Promise<Recovered> {
    const published: string[] = [];
    const removed: string[] = [];
    const left = (await readdir(folder))
      .filter((name) => name.endsWith(TEMPORARY))
      .map((name) => name.slice(0, -TEMPORARY.length));
    for (const fileName of left.filter((name) => name.endsWith('.xml'))) {
      const accepted = recorded(fileName) === 'accepted';
      await (accepted ? publish(fileName) : remove(fileName));
      (accepted ? published : removed).push(fileName);
    }
    // A sidecar whose result was never written.
    for (const name of left.filter((name) => name.endsWith('.json'))) await removeTemporary(join(folder, name));
    return { published, removed };
  }

  return {
    async stage(result, signal) {
      if (signal.aborted) return failed('REC-702', 'stopped');
      const fileName = resultFileName(readerId, result.receptionId, result.at);
      const writing = write(fileName, result);
      const written = await bounded(writing, signal);
      if (!written.ok) {
        void writing.catch(() => {}).then(() => remove(fileName).catch(() => {}));
        return written;
      }
      const staged: StagedResult = {
        fileName,
        publish: () => bounded(publish(fileName)),
        discard: async () => void (await bounded(remove(fileName))),
      };
      return ok(staged);
    },
    check: () => bounded(access(folder, constants.W_OK | constants.X_OK)),
    recover: (recorded) => bounded(recover(recorded)),
  };
}

function folderFault(error: unknown) {
  const code = error instanceof Error && 'code' in error ? String(error.code) : undefined;
  if (code === undefined) throw error;
  return failed('REC-702', code);
}
