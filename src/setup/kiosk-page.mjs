/**
 * Builds the pages of kiosk, dock and desk with Vite into build/kiosk, build/dock and build/desk.
 * Plain JavaScript: it runs as part of the set-up, before anything else of the product.
 */
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const pages = [
  { name: 'kiosk', from: 'src/kiosk/ui', sources: ['src/kiosk', 'src/technician', 'src/setup/detector-model.mjs'] },
  { name: 'dock', from: 'src/bench/dock/ui', sources: ['src/bench/dock', 'src/bench/personas.ts'] },
  // The clinic's own computers open it, with the browsers that they have.
  { name: 'desk', from: 'src/desk/ui', sources: ['src/desk'], target: ['chrome87', 'firefox78', 'safari14'] },
];
/** What every page may import, and what decides how it is built. */
const shared = ['src/texts', 'src/faults', 'src/reception', 'src/clock.ts', 'src/setup/kiosk-page.mjs', 'package-lock.json'];

/**
 * Builds each page whose sources have changed since it was built last.
 * @param {{ root: string, log: (line: string) => void }} options
 */
export async function buildPages({ root, log }) {
  for (const page of pages) {
    const hash = await hashOf(root, [...page.sources, ...shared]);
    const stamp = join(root, 'build', `${page.name}.sha256`);
    if ((await readFile(stamp, 'utf8').catch(() => '')) === hash) continue;
    log(`building the ${page.name} page`);
    await buildPage(join(root, page.from), join(root, 'build', page.name), page.target ?? 'chrome120');
    await writeFile(stamp, hash);
  }
}

async function buildPage(from, to, target) {
  // Loaded late, so that a set-up with nothing to build does not pay for it.
  const { build } = await import('vite');
  await mkdir(to, { recursive: true });
  await build({
    root: from,
    base: '/',
    configFile: false,
    logLevel: 'warn',
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    build: { outDir: to, emptyOutDir: true, target, modulePreload: false, assetsInlineLimit: 0 },
  });
}

/** SHA-256 over names and contents of all files below `paths`, in order. */
async function hashOf(root, paths) {
  const hash = createHash('sha256');
  for (const path of paths) {
    for (const file of await filesBelow(root, path)) {
      hash
        .update(`${file}\0`)
        .update(await readFile(join(root, file)))
        .update('\0');
    }
  }
  return hash.digest('hex');
}

async function filesBelow(root, path) {
  let entries;
  try {
    entries = await readdir(join(root, path), { recursive: true, withFileTypes: true });
  } catch (error) {
    if (error.code === 'ENOTDIR') return [path];
    throw error;
  }
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .sort();
}
