import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, open, readdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { composeChecks } from '../../src/compose-checks.ts';
import { createFacePort } from '../../src/face/face-port.ts';
import { isKnownPortrait } from '../../src/face/known-portrait.ts';
import { kazasu } from '../commands/kazasu.ts';
import { Counter } from '../scenario/counter.ts';
import { createSimulatedClock } from '../simulated-clock.ts';
import { modelsDir, never } from './fixtures.ts';

test('all is well here, and the status says so', async () => {
  const { code, stdout, stderr } = await kazasu(['self-test']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatch(/^face models: ok\nportrait decoder: ok$/m);
});

test('one flipped byte in any model fails the check, which names the model', async () => {
  for (const file of await readdir(modelsDir)) {
    const world = { clock: systemClock, modelsDir: await spoiltModels(file), folder: 'build', isUnit: false };
    const check = composeChecks(world).find(({ part }) => part === 'face-models');
    const detail = `model ${file.replace('.onnx', '')} is not the one pinned`;
    expect(await check?.run(never)).toEqual({ at: 'failed', code: 'FACE-403', detail });
  }
});

test('a technician is told what failed, what it means and what to do', async () => {
  const models = await spoiltModels('fr_landmark.onnx');
  const plain = await kazasu(['self-test', '--models', models]);
  expect(plain.code).toBe(1);
  expect(plain.stdout).toMatch(
    /^face models: failed \(FACE-403\) model fr_landmark .*\n +What it means: .*PIN.*\n +What to do: .*\nportrait decoder: ok\n/m,
  );
  const told = JSON.parse((await kazasu(['self-test', '--models', models, '--json'])).stdout);
  expect(told.passed).toBe(false);
  expect(told.parts.find(({ part }: { part: string }) => part === 'face-models')).toMatchObject({ ok: false, code: 'FACE-403' });
});

test.each([
  [
    'face models',
    ['onnxruntime-node'],
    /^face models: failed \(FACE-406\) the models do not run \(.*absent.*\)\n(.*\n)*portrait decoder: ok\n/m,
  ],
  [
    'portrait decoder',
    ['@cornerstonejs/codec-openjpeg/decodewasmjs'],
    /^face models: ok\nportrait decoder: failed \(FACE-406\) the portrait decoder does not run \(.*absent.*\)\n/m,
  ],
])('%s: an absent package is a line of its own, and the other checks are made', async (_, absent, told) => {
  const { code, stdout, stderr } = await selfTestWithout(absent);
  expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
  expect(stdout).toMatch(told);
});

test('words that it does not know are a wrong call', async () => {
  const { code, stderr } = await kazasu(['self-test', '--all']);
  expect(code).toBe(2);
  expect(stderr).toContain('usage: kazasu self-test');
});

test('with a spoilt model the reader offers no face, and a reception by PIN succeeds', async () => {
  const clock = createSimulatedClock();
  const options = { modelsDir: await spoiltModels('fr_feature.onnx'), clock, hold: clock.hold, random: randomBytes };
  const face = { ...createFacePort({ ...options, challenge: 'turn' }), clock };
  onTestFinished(() => face.close());
  expect(await face.ready(never)).toMatchObject({ ok: false, fault: { code: 'FACE-403' } });
  const counter = await Counter.open(face, 'gem');
  onTestFinished(() => counter.close());
  await counter.placeCard('adult');
  const { reception } = await counter.sees('choosing');
  expect(reception).toMatchObject({ face: false, pin: { at: 'ready' } });
  counter.choose('face');
  expect(counter.reader.state.at).toBe('choosing');
  counter.choose('pin');
  counter.enterPin('1234');
  await counter.sees('asking');
  counter.agree();
  await counter.sees('done');
});

test('a bench that is started with a spoilt model says so in one line', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'kazasu-start-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await mkdir(join(folder, 'build'));
  await rename(await spoiltModels('fr_detect.onnx'), join(folder, 'build/models'));
  for (const page of ['kiosk', 'dock']) await symlink(resolve('build', page), join(folder, 'build', page));
  await writeFile(
    join(folder, 'any-port.json'),
    JSON.stringify({ kiosk: { port: 0 }, staff: { port: 0 }, desk: { port: 0 }, bench: { dockPort: 0 } }),
  );
  const words = [resolve('src/main.ts'), 'start', '--config', 'any-port.json'];
  const reader = spawn(process.execPath, words, { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void reader.kill('SIGKILL'));
  const ended = once(reader, 'exit');
  const said: string[] = [];
  for await (const line of createInterface({ input: reader.stdout })) {
    said.push(line);
    if (line.startsWith('Face matching is off')) reader.kill('SIGINT');
  }
  expect(said.filter((line) => line.includes('FACE-403'))).toHaveLength(1);
  expect(said.join('\n')).toMatch(/model fr_detect .* PIN and staff remain\. .*self-test/);
  expect(await ended).toEqual([0, null]);
});

test('a picture that is not quite the known one is seen to be another', () => {
  const slope = Uint8Array.from({ length: 32 * 32 }, (_, pixel) => 4 * (pixel % 32) + 3 * Math.floor(pixel / 32));
  const picture = (data: Uint8Array) => ({ data, width: 32, height: 32, channels: 1 }) as const;
  expect(isKnownPortrait(picture(slope))).toBe(true);
  expect(isKnownPortrait(picture(slope.map((grey, pixel) => (pixel === 500 ? grey + 3 : grey))))).toBe(false);
  expect(isKnownPortrait(picture(slope.toReversed()))).toBe(false);
});

/** As where these packages were not installed, or not for this machine. */
async function selfTestWithout(absent: readonly string[]) {
  const hooks = `import { registerHooks } from 'node:module';
    registerHooks({ resolve(name, context, next) {
      if (${JSON.stringify(absent)}.includes(name)) throw new Error(name + ' is absent');
      return next(name, context);
    } });`;
  const words = ['--import', `data:text/javascript,${encodeURIComponent(hooks)}`, 'src/main.ts', 'self-test'];
  const child = spawn(process.execPath, words, { stdio: 'pipe' });
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
  return { code: child.exitCode, stdout, stderr };
}

/** A copy of the models folder in which one byte in the middle of `file` has one bit flipped. */
async function spoiltModels(file: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'kazasu-models-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await cp(modelsDir, folder, { recursive: true });
  const model = await open(join(folder, file), 'r+');
  const at = Math.floor((await model.stat()).size / 2);
  const byte = Buffer.alloc(1);
  await model.read(byte, 0, 1, at);
  await model.write(Buffer.of((byte[0] ?? 0) ^ 1), 0, 1, at);
  await model.close();
  return folder;
}
