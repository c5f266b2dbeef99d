import { mkdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type FolderFiles, folderFiles } from '../../src/clinic/folder-delivery.ts';
import { idle, MemoryOutbox, parcel, several, waitingFor } from './courier-bench.ts';
import { useCourierBench } from './use-courier-bench.ts';

const the = useCourierBench();

test('what waits is handed over at the start, and what is recorded later when the courier is called', async () => {
  const outbox = new MemoryOutbox(several(2));
  const courier = the.bench.start(outbox);
  await the.bench.clock.runUntil(idle(courier), 1_000);
  expect(the.bench.names()).toEqual([...several(2)].flatMap(({ files }) => files.map(({ name }) => name)).sort());
  outbox.parcels.push(parcel(7));
  courier.call();
  await the.bench.clock.runUntil(() => outbox.parcels.length === 0 && courier.state().at === 'idle', 1_000);
  expect(the.bench.names()).toContain(parcel(7).fileName);
  await courier.close();
});

test('500 parcels arrive in their order, each result after what lies beside it', async () => {
  const parcels = several(500);
  const named: string[] = [];
  const files: FolderFiles = {
    ...folderFiles,
    // What matters here is the order; syncing 4,000 times would measure the disk.
    writeTemporary: (path, bytes) => writeFile(`${path}.part`, bytes),
    syncFolder: async () => {},
    giveName: async (path) => {
      await folderFiles.giveName(path);
      named.push(path.slice(the.bench.folder.length + 1));
    },
  };
  const courier = the.bench.start(new MemoryOutbox(parcels), files);
  await the.bench.clock.runUntil(idle(courier), 1_000);
  expect(named).toEqual(parcels.flatMap((one) => one.files.map(({ name }) => name)));
  expect(named.at(-1)).toMatch(/\.xml$/);
  expect(the.bench.names()).toHaveLength(named.length);
  await courier.close();
});

describe('tries again', () => {
  test('after pauses that grow to a minute', async () => {
    const tries: number[] = [];
    const files: FolderFiles = {
      ...folderFiles,
      list: async (folder) => {
        tries.push(the.bench.clock.now());
        return folderFiles.list(folder);
      },
    };
    const courier = the.bench.start(new MemoryOutbox(several(1)), files, join(the.bench.home, 'nowhere'));
    await the.bench.clock.advance(300_000);
    const pauses = tries.slice(1).map((at, n) => at - (tries[n] ?? 0));
    expect(pauses).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000]);
    await courier.close();
  });

  test('when the records cannot be read or written, and hands over once all the same', async () => {
    for (const faults of [1, 2, 5]) {
      const outbox = new MemoryOutbox([parcel(faults)]);
      outbox.faults = faults;
      const courier = the.bench.start(outbox);
      await the.bench.clock.runUntil(() => outbox.parcels.length === 0, 300_000);
      expect(the.bench.reasonsTold()).toEqual(['records-fail']);
      await courier.close();
    }
    the.bench.clinicTakes();
    expect(the.bench.taken).toEqual(['見本　1', '見本　2', '見本　5']);
  });

  test('not with the file when only the records failed after it was handed over', async () => {
    const outbox = new MemoryOutbox([parcel(1)]);
    const delivered = outbox.delivered.bind(outbox);
    let asked = 0;
    outbox.delivered = (receptionId) => {
      the.bench.clinicTakes();
      if (asked++ < 3) outbox.faults = 1;
      return delivered(receptionId);
    };
    const courier = the.bench.start(outbox);
    await the.bench.clock.runUntil(() => outbox.parcels.length === 0 && courier.state().at === 'idle', 300_000);
    the.bench.clinicTakes();
    expect(the.bench.taken).toEqual(['見本　1']);
    expect(the.bench.names()).toEqual([]);
    await courier.close();
  });
});

test('closed while it waits, it stops at once; called then, it does nothing', async () => {
  const outbox = new MemoryOutbox(several(1));
  const courier = the.bench.start(outbox, folderFiles, join(the.bench.home, 'nowhere'));
  await the.bench.clock.runUntil(waitingFor(courier, 'folder-missing'), 1_000);
  await courier.close();
  courier.call();
  mkdirSync(join(the.bench.home, 'nowhere'));
  await the.bench.clock.advance(120_000);
  expect(outbox.parcels).toHaveLength(1);
});

test('nobody hears of a state after having stopped listening', async () => {
  const courier = the.bench.start(new MemoryOutbox());
  await the.bench.clock.runUntil(idle(courier), 1_000);
  const heard: string[] = [];
  courier.watch(({ at }) => heard.push(at))();
  courier.call();
  await the.bench.clock.advance(1_000);
  expect(heard).toEqual([]);
  await courier.close();
});
