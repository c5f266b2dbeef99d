/** `test`: builds the image for QEMU, boots it, and has it show what a reader must; writes a report. Needs root. */
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { buildImage } from '../image/build-image.ts';
import { sourceDate } from '../image/image-files.ts';
import { Mistake } from '../image/mistake.ts';
import { targets } from '../image/targets.ts';
import { workshop } from '../image/workshop.ts';
import { keyFilesIn } from '../update/make-keys.ts';
import { writeReport } from './report.ts';
import { runSteps } from './step.ts';
import { makeTestBundles } from './test-bundles.ts';
import { openVirtRun } from './virt-run.ts';
import { virtSteps } from './virt-steps.ts';

const USAGE = `usage: firmware test --target virt --keys DIR [--cuts N] [--only WORDS] [--name NAME]
  --keys DIR     test keys, as firmware update-keys --test makes them
  --cuts N       how many power cuts during receptions; 20 without it
  --only WORDS   only steps whose name holds one of these, separated by commas; the first step always runs
  --name NAME    a run of some steps: its report is DATE-virt-NAME, and the whole run's stays as it is
`;
const VERSION = '1.0.0';

/** @returns 0 when every step that ran has passed, 1 when one failed or could not begin, 2 for a wrong call */
export async function test(args: readonly string[]): Promise<number> {
  const words = parse(args);
  if (typeof words === 'string') {
    process.stderr.write(`${words}\n${USAGE}`);
    return 2;
  }
  try {
    return await run(words);
  } catch (error) {
    if (!(error instanceof Mistake)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 1;
  }
}

type Words = {
  readonly keys: string;
  readonly cuts: number;
  readonly only: readonly string[];
  readonly name: string | undefined;
};

function parse(args: readonly string[]): Words | string {
  const text = { type: 'string' } as const;
  const options = { target: text, keys: text, only: text, name: text, cuts: { type: 'string', default: '20' } } as const;
  try {
    const { target, keys, cuts, only, name } = parseArgs({ args: [...args], options }).values;
    if (target !== 'virt') return '--target virt: no other machine can be emulated';
    if (keys === undefined) return '--keys is missing';
    if (name !== undefined && !/^[a-z0-9-]+$/.test(name)) return `--name ${name}: only a–z, 0–9 and - stand in a name`;
    return { keys: resolve(keys), cuts: Number(cuts), only: only?.split(',') ?? [], name };
  } catch (error) {
    return (error as Error).message;
  }
}

async function run({ keys: folder, cuts, only, name: part }: Words): Promise<number> {
  // Ended in order, so that what was started ends too.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
  const startedAt = performance.now();
  const log = (line: string) =>
    process.stderr.write(`${((performance.now() - startedAt) / 1000).toFixed(0).padStart(5)} s  ${line}\n`);
  const keys = keyFilesIn(folder);
  const image = await buildImage({
    target: targets.virt,
    version: VERSION,
    updateCa: keys.ca,
    signer: undefined,
    twice: false,
    log,
  });
  const manifest = JSON.parse(readFileSync(image.manifest, 'utf8'));
  log('bundles');
  const runFolder = workshop.target('virt', part === undefined ? 'run' : `run-${part}`);
  const virt = await openVirtRun({
    image: image.disk,
    folder: runFolder,
    makeBundles: async (to) =>
      makeTestBundles({
        ...{
          tree: workshop.target('virt', 'tree'),
          date: await sourceDate(),
          keys,
          to,
          work: join(runFolder, 'bundles'),
        },
        strangersKeys: mkdtempSync(join(tmpdir(), 'kazasu-stranger-')),
      }),
  });
  try {
    const steps = virtSteps(cuts);
    const wanted = (name: string) => only.length === 0 || name === steps[0]?.name || only.some((word) => name.includes(word));
    let written = '';
    const reports = await runSteps(virt, steps, wanted, log, async (shown) => {
      written = await writeReport({ manifest, reports: shown, part });
    });
    process.stdout.write(`${written}\n`);
    return reports.some(({ outcome }) => outcome === 'failed') ? 1 : 0;
  } finally {
    await virt.close();
  }
}
