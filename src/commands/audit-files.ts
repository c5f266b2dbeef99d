/** Files that the audit commands are given and give. */
import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

/** @returns what is wrong with the call, undefined when there is one file and it is there */
export function wrongFile(files: readonly string[]): string | undefined {
  const [file, more] = files;
  if (file === undefined) return 'FILE is missing';
  if (more !== undefined) return `"${more}" is one word too many`;
  return existsSync(file) ? undefined : `there is no file ${file}`;
}

/** The key in a PEM file, or what is wrong with it. */
export function readKey(path: string, kind: 'public' | 'private'): KeyObject | string {
  if (!existsSync(path)) return `there is no file ${path}`;
  try {
    const pem = readFileSync(path);
    return kind === 'public' ? createPublicKey(pem) : createPrivateKey(pem);
  } catch {
    return `${path} holds no ${kind} key in PEM`;
  }
}

/** Writes a new file that nobody else may read. @returns 0, or 1 when it is there already or cannot be written */
export function writeNew(path: string, bytes: Uint8Array): number {
  try {
    writeFileSync(path, bytes, { flag: 'wx', mode: 0o600, flush: true });
    return 0;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    process.stderr.write(
      code === 'EEXIST' ? `${path} is there already: nothing was written.\n` : `${path} cannot be written (${code}).\n`,
    );
    return 1;
  }
}
