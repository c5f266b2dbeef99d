/**
 * `firmware face-arm64`: whether the packaged arm64 program compares faces as this PC does. The image's own Node and
 * packages run under qemu-user on pictures of the bench's personas; the same pictures are compared here.
 */
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Mistake } from '../image/mistake.ts';
import { runTool } from '../image/run-tool.ts';

const USAGE = 'usage: firmware face-arm64   needs an image that was built here (firmware image), and qemu-user-static';

/** A score may differ so far between processors. */
const SAME_SCORE = 1e-3;
const PEOPLE = ['a', 'b', 'c', 'd', 'e', 'f'] as const;
const PICTURES = ['frame-0.jpg', 'left-4.jpg'] as const;

/** The processor library of onnxruntime reads these, and breaks on an x86 PC's own (qemu-user passes them through). */
const CORTEX_A72 = [0, 1]
  .map((processor) =>
    [
      `processor\t: ${processor}`,
      'BogoMIPS\t: 108.00',
      'Features\t: fp asimd evtstrm crc32 cpuid',
      'CPU implementer\t: 0x41',
      'CPU architecture: 8',
      'CPU variant\t: 0x0',
      'CPU part\t: 0xd08',
      'CPU revision\t: 3',
      '',
      '',
    ].join('\n'),
  )
  .join('');

export async function faceOnArm64(args: readonly string[]): Promise<number> {
  if (args.length > 0) {
    process.stderr.write(`${USAGE}\n`);
    return 2;
  }
  const folder = await mkdtemp(join(tmpdir(), 'kazasu-arm64-'));
  try {
    const root = await systemRoot(folder);
    const pairs = join(folder, 'pairs.csv');
    await writeFile(pairs, pairsOf(PEOPLE.flatMap((person) => PICTURES.map((picture) => `${person}/${picture}`))));
    const call = (out: string) => ['face', 'score', '--pairs', pairs, '--root', resolve('build/personas'), '--out', out];
    process.stderr.write('this PC\n');
    const here = join(folder, 'here.csv');
    await runTool(process.execPath, [resolve('src/main.ts'), ...call(here)]);
    process.stderr.write('arm64, emulated: about a minute\n');
    const there = join(folder, 'arm64.csv');
    const node = [join(root, 'opt/node/bin/node'), 'src/main.ts'];
    const startedAt = performance.now();
    await runTool('qemu-aarch64-static', ['-cpu', 'cortex-a72', '-L', root, ...node, ...call(there)], {
      cwd: join(root, 'opt/kazasu'),
    });
    return tell(await scoresIn(here), await scoresIn(there), performance.now() - startedAt);
  } catch (error) {
    if (!(error instanceof Mistake)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 1;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What the emulated program takes for the root of its system: the image's libraries and project, and an arm64 processor. */
async function systemRoot(folder: string): Promise<string> {
  const built = resolve('build/image');
  for (const part of ['debian/usr', 'project/opt']) {
    if (!existsSync(join(built, part))) throw new Mistake(`There is no ${part} under build/image. ${USAGE}`);
  }
  const root = join(folder, 'root');
  await mkdir(join(root, 'proc'), { recursive: true });
  await mkdir(join(root, 'sys/devices/system/cpu'), { recursive: true });
  await symlink(join(built, 'debian/usr'), join(root, 'usr'));
  await symlink(join(built, 'project/opt'), join(root, 'opt'));
  await symlink('usr/lib', join(root, 'lib'));
  await writeFile(join(root, 'proc/cpuinfo'), CORTEX_A72);
  for (const which of ['possible', 'present']) await writeFile(join(root, 'sys/devices/system/cpu', which), '0-1\n');
  return root;
}

/** Every picture with every other. */
function pairsOf(pictures: readonly string[]): string {
  const rows = pictures.flatMap((one, index) => pictures.slice(index + 1).map((other) => `${one[0]}${other[0]},${one},${other}`));
  return `label,image_a,image_b\n${rows.join('\n')}\n`;
}

async function scoresIn(file: string): Promise<readonly number[]> {
  const [, ...rows] = (await readFile(file, 'utf8')).trim().split('\n');
  return rows.map((row) => Number(row.split(',').at(-1) || Number.NaN));
}

function tell(here: readonly number[], there: readonly number[], emulatedMs: number): number {
  const differences = here.map((score, index) => Math.abs(score - (there[index] ?? Number.NaN)));
  const greatest = Math.max(...differences);
  const same = here.length > 0 && differences.every((difference) => difference <= SAME_SCORE);
  const report = {
    pairs: here.length,
    lowest: Math.min(...here),
    highest: Math.max(...here),
    greatestDifference: greatest,
    allowed: SAME_SCORE,
    same,
    emulatedS: Math.round(emulatedMs / 1000),
  };
  process.stdout.write(`${JSON.stringify(report)}\n`);
  return same ? 0 : 1;
}
