/** A folder for one test file, and the C programs that it builds there. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { succeed } from './programs.ts';

export type Workshop = {
  /** @returns a path in the folder */
  path(name: string): string;
  /** Compiles a C file that stands beside the tests. Returns the program's path. */
  build(source: string, ...libraries: readonly string[]): Promise<string>;
  close(): Promise<void>;
};

export async function openWorkshop(): Promise<Workshop> {
  // Short: the path of a Unix socket has at most 107 bytes.
  const folder = await mkdtemp(join(tmpdir(), 'kazasu-peers-'));
  return {
    path: (name) => join(folder, name),
    async build(source, ...libraries) {
      const program = join(folder, basename(source, '.c'));
      await succeed('gcc', ['-Wall', '-Werror', '-O1', '-o', program, join(import.meta.dirname, source), ...libraries]);
      return program;
    },
    close: () => rm(folder, { recursive: true, force: true }),
  };
}
