/**
 * The result handed over as a file in a folder of the clinic. Its software looks there at any moment, so a result
 * appears whole and by one rename, its sidecar before it.
 */
import { access, constants, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Clock, deadline } from '../clock.ts';
import { failed, ok, type Result } from '../faults/result.ts';
import type { ClinicPort, StagedResult } from '../reception/ports.ts';
import { folderFault, giveName, hasCode, removeTemporary, syncFolder, TEMPORARY, writeTemporary } from './durable-file.ts';
import { coverageName } from './fhir-coverage.ts';
import type { HandOver } from './hand-over.ts';
import { makeParcel, type Parcel, type ParcelOptions } from './parcel.ts';
import { sidecarName } from './sidecar.ts';
import type { Replaced } from './written-group.ts';

export type ClinicFolderOptions = ParcelOptions & { readonly folder: string; readonly clock: Clock };

/** `replaced`: the values that the file could not have in its character code, for staff to see. */
type StagedFile = StagedResult & { readonly replaced: readonly Replaced[] };

/** What an earlier run left under temporary names, and what became of it; names without their folder. */
export type Recovered = { readonly published: readonly string[]; readonly removed: readonly string[] };

export interface ClinicFolder extends ClinicPort {
  stage(result: HandOver, signal: AbortSignal): Promise<Result<StagedFile>>;
  /** Whether the folder is there and can be written. Fault: REC-702. */
  check(): Promise<Result<void>>;
  /** Finishes what an earlier run left half done: a result whose record stands gets its name, any other is removed.
   *  Fault: REC-702. */
  recover(recorded: (fileName: string) => 'accepted' | 'unknown'): Promise<Result<Recovered>>;
}

/** A folder on a network share may never answer. */
const BOUND_MS = 5_000;

export function createClinicFolder(options: ClinicFolderOptions): ClinicFolder {
  const { folder, clock } = options;

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

  async function write({ files }: Parcel): Promise<void> {
    for (const { name, bytes } of files) await writeTemporary(join(folder, name), bytes);
    await syncFolder(folder);
  }

  async function publish(fileName: string): Promise<string> {
    for (const name of besides(fileName)) {
      await giveName(join(folder, name)).catch((error) => {
        // An earlier attempt got this far, or there was no such file.
        if (!hasCode(error, 'ENOENT')) throw error;
      });
    }
    await giveName(join(folder, fileName));
    await syncFolder(folder);
    return join(folder, fileName);
  }

  async function remove(fileName: string): Promise<void> {
    for (const name of [fileName, ...besides(fileName)]) await removeTemporary(join(folder, name));
    // A hand-over that failed half-way may have given these their names already.
    for (const name of besides(fileName)) await rm(join(folder, name), { force: true });
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
      const { parcel, replaced } = makeParcel(result, options);
      const { fileName } = parcel;
      const writing = write(parcel);
      const written = await bounded(writing, signal);
      if (!written.ok) {
        void writing.catch(() => {}).then(() => remove(fileName).catch(() => {}));
        return written;
      }
      const staged: StagedFile = {
        fileName,
        replaced,
        publish: () => bounded(publish(fileName)),
        discard: async () => void (await bounded(remove(fileName))),
      };
      return ok(staged);
    },
    check: () => bounded(access(folder, constants.W_OK | constants.X_OK)),
    recover: (recorded) => bounded(recover(recorded)),
  };
}

/** What appears before the result. */
function besides(fileName: string): readonly string[] {
  return [sidecarName(fileName), coverageName(fileName)];
}
