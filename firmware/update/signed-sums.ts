/**
 * What a download is checked by: `NAME.sha256`, a list as sha256sum(1) writes it, and `NAME.sha256.p7s`, the release
 * signer's detached CMS signature over that list, DER.
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { Mistake } from '../image/mistake.ts';
import { runTool } from '../image/run-tool.ts';

export type Signing = {
  /** The file that the list is named for, usually the image; it and `more` are listed. */
  readonly file: string;
  readonly more: readonly string[];
  readonly cert: string;
  readonly key: string;
};

export const sumsOf = (file: string) => ({ list: `${file}.sha256`, signature: `${file}.sha256.p7s` });

/** Writes list and signature beside the file. Throws a Mistake when OpenSSL refuses. */
export async function signFiles({ file, more, cert, key }: Signing): Promise<void> {
  const { list, signature } = sumsOf(file);
  const lines = [];
  for (const one of [file, ...more]) lines.push(`${await hashFile(one)}  ${basename(one)}\n`);
  await writeFile(list, lines.join(''));
  const words = ['cms', '-sign', '-binary', '-in', list, '-signer', cert, '-inkey', key, '-md', 'sha256'];
  await runTool('openssl', [...words, '-outform', 'DER', '-out', signature]);
}

/** @returns the hashes by file name, once the list's signature has been found good. Throws a Mistake which is not. */
export async function readSignedSums(file: string, ca: string): Promise<ReadonlyMap<string, string>> {
  const { list, signature } = sumsOf(file);
  const text = await readFile(list, 'utf8').catch(() => missing(list));
  await readFile(signature).catch(() => missing(signature));
  await readFile(ca).catch(() => {
    throw new Mistake(`${ca} is missing: the update authority's certificate, by which images are believed.`);
  });
  const words = ['cms', '-verify', '-binary', '-inform', 'DER', '-in', signature, '-content', list, '-out', '/dev/null'];
  // Without -no-CApath every authority that this PC believes for web pages would do. `any`: the signer has no extended usage.
  const believed = ['-CAfile', ca, '-no-CApath', '-no-CAstore', '-purpose', 'any'];
  await runTool('openssl', [...words, ...believed]).catch((error: unknown) => {
    const reason = /(?:verify|Verify) error:? ?([^\n]*)/.exec((error as Error).message)?.[1] ?? 'the list was changed';
    throw new Mistake(`${list} is not signed by whom ${ca} stands for (${reason}). Do not use this image; fetch it anew.`);
  });
  return new Map(
    text.split('\n').flatMap((line) => (/^[0-9a-f]{64} {2}./.test(line) ? [[line.slice(66), line.slice(0, 64)]] : [])),
  );
}

function missing(file: string): never {
  throw new Mistake(`${file} is missing: an image comes with its list of hashes and that list's signature. Fetch all of them.`);
}

/** SHA-256 in hex. @param onBytes told of each piece's length */
export async function hashFile(file: string, onBytes: (bytes: number) => void = () => {}): Promise<string> {
  const hash = createHash('sha256');
  const stream = createReadStream(file, { highWaterMark: 4 * 1024 * 1024 });
  try {
    for await (const piece of stream) {
      hash.update(piece as Buffer);
      onBytes((piece as Buffer).length);
    }
  } catch (error) {
    throw new Mistake(`${file} cannot be read (${(error as NodeJS.ErrnoException).code}).`);
  }
  return hash.digest('hex');
}
