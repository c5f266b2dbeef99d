/** libxml2, by Debian's xmllint: a reader of XML that others have written. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OqsElement } from './read-oqs.ts';

/** @returns what libxml2 has understood of each file, as Canonical XML without the indentation; throws where it has not */
export function canonicalByXmllint(files: readonly Uint8Array[]): string[] {
  return inFolder(files, (paths) => {
    const run = spawnSync('xmllint', ['--nonet', '--noblanks', '--c14n', ...paths], { encoding: 'utf8', maxBuffer: 1 << 28 });
    if (run.status !== 0) throw new Error(run.stderr || String(run.error));
    // Its canonical form keeps comments, which say nothing to a program.
    return run.stdout
      .replaceAll(/<!--.*?-->\n?/g, '')
      .split(/(?<=<\/XmlMsg>)\n?/)
      .filter(Boolean);
  });
}

/** @returns xmllint's complaints about these files against the schema; empty when all are valid */
export function schemaErrors(schema: string, files: readonly Uint8Array[]): string {
  return inFolder(files, (paths) => {
    const run = spawnSync('xmllint', ['--nonet', '--noout', '--schema', schema, ...paths], { encoding: 'utf8' });
    return run.status === 0 ? '' : run.stderr || String(run.error);
  });
}

/** The same form, made of what our own reader has understood: comments are not part of it. */
export function canonical({ name, children, text }: OqsElement): string {
  return `<${name}>${children.length > 0 ? children.map(canonical).join('') : escaped(text)}</${name}>`;
}

/** Canonical XML 1.0, 2.3, text nodes. */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\r', '&#xD;');
}

function inFolder<T>(files: readonly Uint8Array[], use: (paths: string[]) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'kazasu-xmllint-'));
  try {
    return use(
      files.map((bytes, n) => {
        const path = join(folder, `${n}.xml`);
        writeFileSync(path, bytes);
        return path;
      }),
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}
