import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Mistake } from './mistake.mjs';

const BOUND_MS = 15 * 60_000;

/** Installs exactly what package-lock.json names, unless that was done before. */
export async function installDependencies({ root, log }) {
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  const stamp = join(root, 'node_modules', '.kazasu-lock');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  log('npm ci (about 250 packages, once)');
  const code = await npm(root, ['ci', '--no-audit', '--no-fund', '--loglevel=error'], log);
  if (code !== 0) {
    throw new Mistake(
      `npm ci ended with code ${code}. Its message stands above; often the package registry cannot be reached. Try again when it can.`,
    );
  }
  linkNode(root);
  writeFileSync(stamp, lock);
}

/** Puts the pinned Node first on npm's PATH. npm 9 leaves out a package's `node` binary when it links the others. */
function linkNode(root) {
  const binary = join('node_modules', `node-linux-${process.arch}`, 'bin', 'node');
  const link = join(root, 'node_modules', '.bin', 'node');
  if (existsSync(link) || !existsSync(join(root, binary))) return;
  symlinkSync(join('..', '..', binary), link);
}

/** Runs npm with the Node that runs this. Says that it still works every ten seconds. */
function npm(root, args, log) {
  const script = process.env.npm_execpath;
  const [command, first] = script?.endsWith('.js') ? [process.execPath, [script]] : ['npm', []];
  return new Promise((resolve, reject) => {
    const child = spawn(command, [...first, ...args], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'], timeout: BOUND_MS });
    const beat = setInterval(() => log('… still installing'), 10_000);
    child.on('error', (error) => {
      clearInterval(beat);
      reject(new Mistake(`npm could not be started (${error.message}). Install npm and run the command again.`));
    });
    child.on('close', (code) => {
      clearInterval(beat);
      resolve(code);
    });
  });
}
