/**
 * The power fails between any two writes of a reader that records receptions. Nothing that it acknowledged may be lost;
 * the same with `synchronous = NORMAL` loses rows, which shows that this test can fail.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Disk, seededRandom } from './disk.ts';
import { type Damage, damageOf } from './expectations.ts';
import { type Operation, readRecording } from './recording.ts';

/** More by KAZASU_CUTS. */
const CUTS = Number(process.env['KAZASU_CUTS'] ?? 300);
const SEED = Number(process.env['KAZASU_SEED'] ?? 1);
const recorder = fileURLToPath(new URL('recorder.c', import.meta.url));
const workload = fileURLToPath(new URL('workload.ts', import.meta.url));
/** Without a compiler the recorder cannot be made. */
const hasCompiler = spawnSync('gcc', ['--version']).status === 0;

let folder: string;
beforeAll(() => {
  if (!hasCompiler) return;
  // In memory, where there is such a place: thousands of stores are written and thrown away.
  folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'kazasu-power-'));
  const built = spawnSync('gcc', ['-shared', '-fPIC', '-O2', '-o', join(folder, 'recorder.so'), recorder, '-ldl']);
  if (built.status !== 0) throw new Error(`gcc: ${built.error ?? built.stderr}`);
});
afterAll(() => {
  if (hasCompiler) rmSync(folder, { recursive: true, force: true });
});

function recordWorkload(synchronous: 'FULL' | 'NORMAL'): Operation[] {
  const recorded = join(folder, synchronous);
  mkdirSync(recorded);
  const recording = join(folder, `${synchronous}.recording`);
  const env = { ...process.env, LD_PRELOAD: join(folder, 'recorder.so'), RECORDED_FOLDER: recorded, RECORDING: recording };
  const ran = spawnSync(process.execPath, [workload, recorded, synchronous], { env });
  if (ran.signal !== 'SIGKILL') throw new Error(`the workload failed: ${ran.stderr}`);
  return readRecording(readFileSync(recording));
}

/** Cuts the power at `cuts` places, and counts what is found wrong afterwards. */
function cutPower(operations: readonly Operation[], cuts: number): Record<Damage, number> {
  const random = seededRandom(SEED);
  const places = Array.from({ length: cuts }, () => 1 + Math.floor(random() * operations.length)).sort((a, b) => a - b);
  const disk = new Disk();
  let [acknowledged, consented] = ['', ''];
  let done = 0;
  const damage = { corrupt: 0, lost: 0, half: 0, forgotten: 0 };
  for (const place of places) {
    for (const operation of operations.slice(done, place)) {
      if (operation.file === 'acknowledged' && operation.kind === 'write') acknowledged += operation.bytes;
      else if (operation.file === 'gateway' && operation.kind === 'write') consented += operation.bytes;
      else disk.carryOut(operation);
    }
    done = place;
    const found = damageAfter(disk.afterPowerCut(random), linesOf(acknowledged), linesOf(consented));
    if (found) damage[found]++;
  }
  return damage;
}

const linesOf = (text: string) => text.split('\n').slice(0, -1);

function damageAfter(
  files: ReadonlyMap<string, Buffer>,
  acknowledged: readonly string[],
  consented: readonly string[],
): Damage | undefined {
  const found = join(folder, 'found');
  mkdirSync(found);
  // The wal-index is made anew from the WAL when a store is opened.
  for (const [name, contents] of files) if (!name.endsWith('-shm')) writeFileSync(join(found, name), contents);
  const damage = damageOf(join(found, 'records.sqlite'), acknowledged, consented);
  rmSync(found, { recursive: true });
  return damage;
}

test.skipIf(!hasCompiler)(
  `a power cut at ${CUTS} places loses nothing that was acknowledged, and forgets no consent that the gateway has`,
  { timeout: 120_000 + CUTS * 200 },
  () => {
    const operations = recordWorkload('FULL');
    expect(operations.filter(({ kind, file }) => kind === 'sync' && file.endsWith('-wal')).length).toBeGreaterThan(100);
    const started = performance.now();
    expect(cutPower(operations, CUTS)).toEqual({ corrupt: 0, lost: 0, half: 0, forgotten: 0 });
    console.log(`${operations.length} operations, ${CUTS} cuts in ${Math.round(performance.now() - started)} ms`);
  },
);

test.skipIf(!hasCompiler)('with synchronous = NORMAL it does: this test can fail', { timeout: 120_000 }, () => {
  const damage = cutPower(recordWorkload('NORMAL'), 60);
  console.log('of 60 cuts:', damage);
  expect(damage.lost).toBeGreaterThan(10);
  expect(damage.corrupt).toBe(0);
});
