import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const PROGRAM = `
  import { createFacePort } from '${resolve('src/face/face-port.ts')}';
  import { systemClock } from '${resolve('src/clock.ts')}';
  const face = createFacePort({ modelsDir: 'build/models', clock: systemClock, challenge: 'turn', random: (length) => new Uint8Array(length) });
  const ready = await face.ready(new AbortController().signal);
  await face.close();
  process.stdout.write(String(ready.ok));
`;

test('the face runtime keeps no device id, no event store and no log of its own', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'kazasu-home-'));
  const home = join(folder, 'home');
  try {
    await mkdir(home);
    await writeFile(join(folder, 'program.ts'), PROGRAM);
    // Without CI: the runtime is quiet there by itself.
    const env = { PATH: process.env['PATH'], HOME: home, TMPDIR: home };
    const { stdout } = await promisify(execFile)(process.execPath, [join(folder, 'program.ts')], { env, timeout: 30_000 });
    expect([stdout, await readdir(home)]).toEqual(['true', []]);
  } finally {
    await rm(folder, { recursive: true });
  }
});
