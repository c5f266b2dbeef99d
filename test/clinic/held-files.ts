import type { FolderFiles } from '../../src/clinic/folder-delivery.ts';
import type { SimulatedClock } from '../simulated-clock.ts';

/** The same files; simulated time waits for their real work. */
export function heldFiles(clock: SimulatedClock, files: FolderFiles): FolderFiles {
  const holding =
    <A extends unknown[], T>(operation: (...args: A) => Promise<T>) =>
    async (...args: A): Promise<T> => {
      const release = clock.hold();
      return operation(...args).finally(release);
    };
  return {
    list: holding(files.list),
    writeTemporary: holding(files.writeTemporary),
    giveName: holding(files.giveName),
    removeTemporary: holding(files.removeTemporary),
    syncFolder: holding(files.syncFolder),
  };
}
