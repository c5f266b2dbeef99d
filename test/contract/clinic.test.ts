/** What the clinic's side owes a reception (ClinicPort), with a real store and a real folder. */
import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type FolderFiles, folderFiles } from '../../src/clinic/folder-delivery.ts';
import { type HandOvers, openHandOvers } from '../../src/compose-clinic.ts';
import { readConfig } from '../../src/config.ts';
import type { ClinicResult } from '../../src/reception/ports.ts';
import { heldFiles } from '../clinic/held-files.ts';
import { readOqs, textOf } from '../clinic/read-oqs.ts';
import { row } from '../records/rows.ts';
import { createSimulatedClock, type SimulatedClock } from '../simulated-clock.ts';

const never = new AbortController().signal;
let home: string;
let folder: string;
let clock: SimulatedClock;
let opened: HandOvers[];
let defects: unknown[];

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'kazasu-clinic-'));
  folder = join(home, 'face');
  clock = createSimulatedClock();
  [opened, defects] = [[], []];
  await mkdir(folder);
});
afterEach(async () => {
  for (const one of opened) await one.close();
  expect(defects).toEqual([]);
  await rm(home, { recursive: true, force: true });
});

function open(files: FolderFiles = heldFiles(clock, folderFiles)): HandOvers {
  const config = readConfig();
  if (!config.ok) throw new Error(config.fault.detail);
  const handOvers = openHandOvers({
    ...{ config: config.value, folder, recordsPath: join(home, 'records.sqlite'), clock, simulated: true },
    onDefect: (error) => defects.push(error),
    files,
  });
  if (!handOvers.ok) throw new Error(handOvers.fault.detail);
  opened.push(handOvers.value);
  return handOvers.value;
}

async function close(handOvers: HandOvers): Promise<void> {
  opened.splice(opened.indexOf(handOvers), 1);
  await handOvers.close();
}

const result = (receptionId: string): ClinicResult => ({
  receptionId,
  method: 'pin',
  at: clock.wall(),
  answers: {},
  answer: { segmentOfResult: '1', validity: '1', qualifications: [{ Name: `見本　${receptionId}` }] },
  simulated: true,
  stages: [{ stage: 'reading', startMs: 0, durationMs: 800 }],
});

function commit({ clinic, records }: HandOvers, receptionId: string): void {
  const { parcel } = clinic.pack(result(receptionId));
  expect(records.commit(row(receptionId, { fileName: parcel.fileName }), [], parcel).ok).toBe(true);
}

/** What a reception is told, and how long it waited for that. */
async function handOver({ clinic }: HandOvers, signal: AbortSignal = never): Promise<[string, number]> {
  const startMs = clock.now();
  let told: [string, number] | undefined;
  void clinic.handOver(signal).then((how) => {
    told = [how, clock.now() - startMs];
  });
  await clock.runUntil(() => told !== undefined, 5_000);
  return told ?? ['', 0];
}

/** The patients in the results that lie in the folder. */
async function patients(): Promise<(string | undefined)[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.xml')).sort();
  return Promise.all(names.map(async (name) => textOf(readOqs(await readFile(join(folder, name))), 'Name')));
}

const settled = async (handOvers: HandOvers) => {
  await clock.runUntil(() => handOvers.clinic.waitsFor() === undefined, 61_000);
  return handOver(handOvers);
};

describe('a result', () => {
  test('is packed without being written, and always to the same bytes', async () => {
    const { clinic } = open();
    expect(clinic.pack(result('r1'))).toEqual(clinic.pack(result('r1')));
    expect(await readdir(folder)).toEqual([]);
  });

  test('says that it is simulated, and what the reception went through', () => {
    const { parcel, replaced } = open().clinic.pack(result('r1'));
    const [sidecar, xml] = parcel.files.map(({ bytes }) => Buffer.from(bytes).toString('utf8'));
    expect(JSON.parse(sidecar ?? '')).toMatchObject({ simulated: true, stages: result('r1').stages });
    expect(xml).toContain('SIMULATED');
    expect(replaced).toEqual([]);
  });

  test('that was committed is handed over at once, whole, and not for everybody to read', async () => {
    const handOvers = open();
    commit(handOvers, 'r1');
    expect(await handOver(handOvers)).toEqual(['handed-over', 0]);
    expect(await patients()).toEqual(['見本　r1']);
    const names = await readdir(folder);
    expect(names).toHaveLength(2);
    for (const name of names) expect((await stat(join(folder, name))).mode & 0o007).toBe(0);
  });

  test('is not said to be handed over while an earlier one still waits', async () => {
    const handOvers = open();
    await rename(folder, `${folder}-away`);
    commit(handOvers, 'r1');
    await handOver(handOvers);
    commit(handOvers, 'r2');
    expect(await handOver(handOvers)).toEqual(['will-be-handed-over', 500]);
    await rename(`${folder}-away`, folder);
    await settled(handOvers);
    expect(await patients()).toEqual(['見本　r1', '見本　r2']);
  });

  test('finds a folder that is back, and takes along what waited before it', async () => {
    const handOvers = open();
    await rename(folder, `${folder}-away`);
    commit(handOvers, 'r1');
    await handOver(handOvers);
    await rename(`${folder}-away`, folder);
    commit(handOvers, 'r2');
    expect(await handOver(handOvers)).toEqual(['handed-over', 500]);
    expect(await patients()).toEqual(['見本　r1', '見本　r2']);
  });
});

describe('a folder that does not take it', () => {
  test('is told with its reason, and again when it takes results', async () => {
    await rename(folder, `${folder}-away`);
    const handOvers = open();
    const told: (string | undefined)[] = [];
    handOvers.clinic.watch(() => told.push(handOvers.clinic.waitsFor()));
    await clock.runUntil(() => handOvers.clinic.waitsFor() !== undefined, 1_000);
    commit(handOvers, 'r1');
    expect(await handOver(handOvers)).toEqual(['will-be-handed-over', 500]);
    await rename(`${folder}-away`, folder);
    await settled(handOvers);
    expect([told[0], told.at(-1)]).toEqual(['folder-missing', undefined]);
    expect(await patients()).toEqual(['見本　r1']);
  });

  test('and does not answer either keeps nobody waiting longer than a second', async () => {
    const stuck = Promise.withResolvers<readonly string[]>();
    let answers = true;
    const handOvers = open({
      ...heldFiles(clock, folderFiles),
      // Simulated time goes on while it says nothing.
      list: (path) => (answers ? folderFiles.list(path) : stuck.promise),
    });
    await handOver(handOvers);
    answers = false;
    commit(handOvers, 'r1');
    expect(await handOver(handOvers)).toEqual(['will-be-handed-over', 1_000]);
    stuck.resolve([]);
  });

  test('keeps nobody waiting whose reception is over', async () => {
    const handOvers = open();
    expect(await handOver(handOvers, AbortSignal.abort())).toEqual(['will-be-handed-over', 0]);
  });
});

describe('a crash between commit and hand-over', () => {
  test('delivers once, at the next start', async () => {
    const before = open();
    commit(before, 'r1');
    await close(before);
    expect(await readdir(folder)).toEqual([]);
    const after = open();
    expect(await handOver(after)).toEqual(['handed-over', 0]);
    expect(await patients()).toEqual(['見本　r1']);
    await close(after);
    // The clinic's software takes it; another start does not lay it there again.
    for (const name of await readdir(folder)) await rm(join(folder, name));
    const again = open();
    expect(await handOver(again)).toEqual(['handed-over', 0]);
    expect(await readdir(folder)).toEqual([]);
  });
});
