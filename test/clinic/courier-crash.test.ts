/** The courier is cut off at every operation, and another one goes on with the same folder and outbox. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type FolderFiles, folderFiles } from '../../src/clinic/folder-delivery.ts';
import type { Outbox } from '../../src/records/outbox.ts';
import type { SimulatedClock } from '../simulated-clock.ts';
import { idle, MemoryOutbox, parcel, READER } from './courier-bench.ts';
import { useCourierBench } from './use-courier-bench.ts';

const the = useCourierBench();

/** What can be done before the cut; the operation that it hits is done in full, half, or not at all. */
type Cut = { readonly after: number; readonly hit: 'whole' | 'half' | 'not' };

const never = new Promise<never>(() => {});

/** Operations that end for ever at the cut: a process that is gone gives no answers. */
function cutOff({ after, hit }: Cut, clock: SimulatedClock) {
  let done = 0;
  const step = async <T>(whole: () => Promise<T>, half: () => void = () => {}): Promise<T> => {
    if (done > after) return never;
    const isHit = done++ === after;
    const release = clock.hold();
    if (isHit && hit === 'half') half();
    const result = isHit && hit !== 'whole' ? undefined : await whole().finally(release);
    release();
    return isHit ? never : (result as T);
  };
  const files: FolderFiles = {
    list: (folder) => step(() => folderFiles.list(folder)),
    writeTemporary: (path, bytes) =>
      step(
        () => folderFiles.writeTemporary(path, bytes),
        () => writeFileSync(`${path}.part`, bytes.subarray(0, bytes.length / 2)),
      ),
    giveName: (path) => step(() => folderFiles.giveName(path)),
    removeTemporary: (path) => step(() => folderFiles.removeTemporary(path)),
    syncFolder: (folder) => step(() => folderFiles.syncFolder(folder)),
  };
  return { files, reached: () => done > after };
}

/** Two parcels, a cut, a second courier. @returns whether the cut came before all was done */
async function crossing(cut: Cut, clinicTakesEarly: boolean): Promise<boolean> {
  the.renew();
  const outbox = new MemoryOutbox([parcel(1), parcel(2)]);
  const { files, reached } = cutOff(cut, the.bench.clock);
  const held = the.bench.held;
  the.bench.held = (given) => given;
  const first = the.bench.start(outbox, files);
  await the.bench.clock.runUntil(() => reached() || first.state().at === 'idle', 1_000);
  await the.bench.clock.advance(0);
  if (clinicTakesEarly) the.bench.clinicTakes();
  const closing = first.close();
  await the.bench.clock.advance(3_000);
  await closing;
  the.bench.held = held;
  const second = the.bench.start(outbox);
  await the.bench.clock.runUntil(() => outbox.parcels.length === 0 && idle(second)(), 60_000);
  await second.close();
  the.bench.clinicTakes();
  return reached();
}

describe.each(['whole', 'half', 'not'] as const)('cut off at any operation, that one done: %s,', (hit) => {
  test.each([true, false])(
    'nothing is half, lost or there twice (the clinic looks in between: %s)',
    async (clinicTakesEarly) => {
      let after = 0;
      while (await crossing({ after, hit }, clinicTakesEarly)) {
        expect(the.bench.taken, `cut after ${after} operations`).toEqual(['見本　1', '見本　2']);
        expect(the.bench.names(), `cut after ${after} operations`).toEqual([]);
        after++;
      }
      // Each parcel: list, 3 files, sync, mark, sync, 3 names, sync, mark removed; once: list for what was left.
      expect(after).toBe(25);
    },
    60_000,
  );
});

test('cut off between the last name and the outbox, it does not hand over again what the clinic has taken', async () => {
  const outbox = new MemoryOutbox([parcel(1)]);
  const cutThere: Outbox = {
    next: () => outbox.next(),
    depth: () => outbox.depth(),
    oldestAt: () => outbox.oldestAt(),
    delivered: () => {
      throw new Error('cut off');
    },
  };
  const first = the.bench.start(cutThere);
  await the.bench.clock.runUntil(() => the.bench.defects.length > 0, 1_000);
  await first.close();
  the.bench.defects.length = 0;
  the.bench.clinicTakes();
  const second = the.bench.start(outbox);
  await the.bench.clock.runUntil(() => outbox.parcels.length === 0 && idle(second)(), 60_000);
  await second.close();
  the.bench.clinicTakes();
  expect(the.bench.taken).toEqual(['見本　1']);
  expect(the.bench.names()).toEqual([]);
});

test('every file is on the disk before any has its name, and the names are before the outbox is told', async () => {
  const steps: string[] = [];
  const noting =
    <A extends [string, ...unknown[]], T>(what: string, operation: (...args: A) => Promise<T>) =>
    (...args: A): Promise<T> => {
      steps.push(`${what} ${args[0].replace(/^.*_\d{14}/, '').replace(the.bench.folder, 'folder')}`);
      return operation(...args);
    };
  const files: FolderFiles = {
    list: folderFiles.list,
    writeTemporary: noting('write', folderFiles.writeTemporary),
    giveName: noting('name', folderFiles.giveName),
    removeTemporary: noting('remove', folderFiles.removeTemporary),
    syncFolder: noting('sync', folderFiles.syncFolder),
  };
  const outbox = new MemoryOutbox([parcel(1)]);
  const delivered = outbox.delivered.bind(outbox);
  outbox.delivered = (receptionId) => {
    steps.push('delivered');
    return delivered(receptionId);
  };
  const courier = the.bench.start(outbox, files);
  await the.bench.clock.runUntil(() => outbox.parcels.length === 0 && idle(courier)(), 1_000);
  await courier.close();
  expect(steps).toEqual([
    ...['write .json', 'write .fhir.json', 'write .xml', 'sync folder'],
    ...['write .xml.named', 'sync folder'],
    ...['name .json', 'name .fhir.json', 'name .xml', 'sync folder'],
    ...['delivered', 'remove .xml.named'],
  ]);
});

test.each(['laid', 'half named', 'taken'])(
  'a result of the store’s first version, %s in the folder, is there once',
  async (how) => {
    const { receptionId, fileName, files, acceptedAt } = parcel(1, { fhir: false });
    for (const { name, bytes } of files) {
      const named = how === 'half named' && name.endsWith('.json');
      if (how !== 'taken') writeFileSync(join(the.bench.folder, named ? name : `${name}.part`), bytes);
    }
    const outbox = new MemoryOutbox([
      { receptionId, fileName, acceptedAt, files: files.map(({ name }) => ({ name, bytes: new Uint8Array() })) },
      parcel(2),
    ]);
    const courier = the.bench.start(outbox);
    await the.bench.clock.runUntil(() => outbox.parcels.length === 0 && idle(courier)(), 1_000);
    await courier.close();
    the.bench.clinicTakes();
    expect(the.bench.taken).toEqual(how === 'taken' ? ['見本　2'] : ['見本　1', '見本　2']);
    expect(the.bench.names()).toEqual([]);
  },
);

test('what another reader has under way in the same folder is left alone', async () => {
  const others = [`OQSsiquc01res_face_${READER}X-r1_20260401090000.xml.part`, 'note.part', 'OQSsiquc01res_face_X-r1_1.json.part'];
  for (const name of others) writeFileSync(join(the.bench.folder, name), 'half');
  writeFileSync(join(the.bench.folder, `OQSsiquc01res_face_${READER}-old_20260401090000.xml.part`), 'half');
  const empty = new MemoryOutbox();
  const courier = the.bench.start(empty);
  await the.bench.clock.advance(1_000);
  expect(courier.state().at).toBe('idle');
  expect(the.bench.names()).toEqual(others.sort());
  await courier.close();
});
