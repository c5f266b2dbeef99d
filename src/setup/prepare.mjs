// Makes a fresh checkout ready to run: plain JavaScript for Node 20, only `node:` modules until the
// dependencies are there, because npm skips pre- and post-scripts under `ignore-scripts` (see .npmrc).
//
//   node src/setup/prepare.mjs [--quiet] start|test|command
//
// Every step looks first whether its work is done, so that a second run takes a moment only.
import { accessSync, constants, existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installDependencies } from './dependencies.mjs';
import { withLock } from './lock.mjs';
import { Mistake } from './mistake.mjs';
import { installSystemPackages } from './system-packages.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const quiet = process.argv.includes('--quiet');
const purpose = process.argv.at(-1);

const startedAt = Date.now();
/** Progress goes to standard error: standard output belongs to the command that follows. */
const log = (line) => process.stderr.write(`  ${seconds()} ${line}\n`);
const seconds = () => `${((Date.now() - startedAt) / 1000).toFixed(0).padStart(4)} s`;

/** What is needed for which purpose, in order. */
const steps = [
  ['dependencies', ({ root, log }) => installDependencies({ root, log }), ['start', 'test', 'command']],
  ['face models', async (context) => (await import('./models.mjs')).prepareModels(context), ['start', 'test', 'command']],
  [
    'persona faces',
    async (context) => (await import('./persona-faces.mjs')).preparePersonaFaces(context),
    ['start', 'test', 'command'],
  ],
  ['face detector', async (context) => (await import('./detector-model.mjs')).prepareDetectorModel(context), ['start', 'test']],
  ['kiosk pages', async (context) => (await import('./kiosk-page.mjs')).buildPages(context), ['start', 'test']],
  ['system packages', ({ log }) => installSystemPackages({ log }), ['test']],
];

function checkMachine() {
  const major = Number(process.versions.node.split('.')[0]);
  if (major < 20) {
    throw new Mistake(
      `This is Node ${process.versions.node}; Kazasu's set-up needs Node 20 or newer. Install a newer Node and run the command again.`,
    );
  }
  if (process.platform !== 'linux') {
    throw new Mistake(`Kazasu runs on Linux (x86-64 or arm64); this is ${process.platform}.`);
  }
  try {
    accessSync(root, constants.W_OK);
  } catch {
    throw new Mistake(`this user may not write to ${root}, where dependencies and models are put. Use a checkout of your own.`);
  }
}

async function prepare() {
  if (!['start', 'test', 'command'].includes(purpose)) throw new Mistake('usage: prepare.mjs [--quiet] start|test|command');
  checkMachine();
  if (!quiet) process.stderr.write('Kazasu: setting up\n');
  await withLock(join(root, 'build', '.prepare'), log, async () => {
    for (const [name, step, purposes] of steps) {
      if (!purposes.includes(purpose)) continue;
      if (!quiet) log(name);
      await step({ root, log: (line) => log(`  ${line}`) });
    }
  });
  if (!existsSync(join(root, 'node_modules', '.bin', 'node'))) {
    throw new Mistake(
      `There is no Node 24 build for this processor (${process.arch}) among the dependencies; x64 and arm64 are supported.`,
    );
  }
  if (!quiet) process.stderr.write(`  ${seconds()} ready\n`);
}

prepare().catch((error) => {
  process.stderr.write(
    error instanceof Mistake ? `\nKazasu cannot be set up: ${error.message}\n` : `\n${error?.stack ?? error}\n`,
  );
  process.exitCode = 1;
});
