/** A stage of the build is left out while what goes into it is what it was made from. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, readlinkSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export type Stage = {
  /** Also the name of its stamp. */
  readonly name: string;
  /** Contents that decide what comes out: texts, or hashes of files and of earlier stages. */
  readonly inputs: readonly string[];
  /** Files or folders that it makes: without one of them it runs again. */
  readonly outputs: readonly string[];
  readonly work: () => Promise<void>;
};

export type StageLog = (line: string) => void;

/** @param folder where the stamps lie. @returns the hash of what went in: an input of the stages that build on this one */
export async function runStage(folder: string, log: StageLog, { name, inputs, outputs, work }: Stage): Promise<string> {
  const hash = createHash('sha256').update(JSON.stringify(inputs)).digest('hex');
  const stamp = join(folder, `${name}.sha256`);
  if (stampOf(stamp) === hash && outputs.every((path) => existsSync(path))) {
    log(`${name}: unchanged`);
    return hash;
  }
  log(name);
  // A stage that is cut off must not be taken for done.
  rmSync(stamp, { force: true });
  mkdirSync(folder, { recursive: true });
  const startedAt = performance.now();
  await work();
  writeFileSync(stamp, hash);
  log(`${name}: ${((performance.now() - startedAt) / 1000).toFixed(1)} s`);
  return hash;
}

const stampOf = (file: string): string => (existsSync(file) ? readFileSync(file, 'utf8') : '');

/** SHA-256 over names, modes and contents of a file or of all below a folder, in order; links count by what they name. */
export function hashOfTree(path: string, wanted: (path: string) => boolean = () => true): string {
  const hash = createHash('sha256');
  if (statSync(path).isFile()) return hash.update(readFileSync(path)).digest('hex');
  const entries = readdirSync(path, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => !entry.isDirectory()).map((entry) => join(entry.parentPath, entry.name));
  for (const file of files.filter(wanted).sort())
    hash
      .update(`${file.slice(path.length)}\0`)
      .update(contentOf(file))
      .update('\0');
  return hash.digest('hex');
}

function contentOf(file: string): Buffer {
  try {
    return Buffer.from(readlinkSync(file));
  } catch {
    return Buffer.concat([Buffer.from(`${statSync(file).mode}\0`), readFileSync(file)]);
  }
}
