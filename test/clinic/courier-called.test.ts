/** A courier that waits after a failure is called by a new reception: it looks again at once, and not more often. */
import { renameSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createClinicPort } from '../../src/clinic/clinic-port.ts';
import type { Courier } from '../../src/clinic/courier.ts';
import { type FolderFiles, folderFiles } from '../../src/clinic/folder-delivery.ts';
import type { HandOver } from '../../src/reception/ports.ts';
import { MemoryOutbox, parcel, READER, several, waitingFor } from './courier-bench.ts';
import { useCourierBench } from './use-courier-bench.ts';

const the = useCourierBench();
let outbox: MemoryOutbox;
let courier: Courier;
/** When the folder was looked at. */
let looks: number[];

beforeEach(async () => {
  outbox = new MemoryOutbox(several(1));
  looks = [];
  const files: FolderFiles = {
    ...folderFiles,
    list: async (folder) => {
      looks.push(the.bench.clock.now());
      return folderFiles.list(folder);
    },
  };
  renameSync(the.bench.folder, `${the.bench.folder}-away`);
  courier = the.bench.start(outbox, files);
  await the.bench.clock.runUntil(waitingFor(courier, 'folder-missing'), 1_000);
  // Looked at after 0, 1, 3, 7, 15, 31, 63, 123 and 183 s, next at 243 s.
  await the.bench.clock.advance(190_000);
});
afterEach(() => courier.close());

const folderIsBack = () => renameSync(`${the.bench.folder}-away`, the.bench.folder);

/** A reception has committed its parcel and hands over. @returns what its patient is told, and after how long */
async function handOver(n: number): Promise<{ readonly how: HandOver | undefined; readonly tookMs: number }> {
  outbox.parcels.push(parcel(n));
  const clinic = createClinicPort({
    ...{ courier, clock: the.bench.clock, readerId: READER, medicalInstitutionCode: '0012345678', fhir: false },
  });
  const startMs = the.bench.clock.now();
  let how: HandOver | undefined;
  void clinic.handOver(new AbortController().signal).then((told) => {
    how = told;
  });
  await the.bench.clock.runUntil(() => how !== undefined, 2_000);
  return { how, tookMs: the.bench.clock.now() - startMs };
}

describe('called while it waits', () => {
  test('it tries the folder at once: a patient who comes when it is back is told that all was handed over', async () => {
    folderIsBack();
    expect(await handOver(1)).toEqual({ how: 'handed-over', tookMs: 0 });
    expect(looks.at(-1)).toBe(190_000);
    the.bench.clinicTakes();
    expect(the.bench.taken).toEqual(['見本　0', '見本　1']);
  });

  test('and the folder is still away, that is told at once, and it waits on as long as it would have', async () => {
    const { since } = courier.state();
    expect(await handOver(1)).toEqual({ how: 'will-be-handed-over', tookMs: 0 });
    expect(courier.state()).toMatchObject({ at: 'waiting', reason: 'folder-missing', since, depth: 2 });
    const before = looks.length;
    await the.bench.clock.advance(59_999);
    expect(looks).toHaveLength(before);
    await the.bench.clock.advance(1);
    expect(looks).toHaveLength(before + 1);
  });

  test('just after an attempt, it tries again after half a second, within the patience of a patient', async () => {
    expect((await handOver(1)).how).toBe('will-be-handed-over');
    await the.bench.clock.advance(100);
    folderIsBack();
    expect(await handOver(2)).toEqual({ how: 'handed-over', tookMs: 400 });
  });

  test('a thousand times within ten seconds, it looks at the folder twice a second', async () => {
    const before = looks.length;
    for (let call = 0; call < 1_000; call++) {
      courier.call();
      await the.bench.clock.advance(10);
    }
    // After 0, 0.5, 1 … 10 s.
    expect(looks.length - before).toBe(21);
  });

  test('a thousand times at once, it looks twice at most', async () => {
    const before = looks.length;
    for (let call = 0; call < 1_000; call++) courier.call();
    await the.bench.clock.advance(50_000);
    expect(looks.length - before).toBeLessThanOrEqual(2);
  });
});
