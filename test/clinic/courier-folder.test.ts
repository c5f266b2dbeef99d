/** The clinic's folder comes and goes, is full, or may only be read: parcels wait, in order. On real file systems. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { folderFiles } from '../../src/clinic/folder-delivery.ts';
import { CourierBench, idle, MemoryOutbox, parcel, several, waitingFor } from './courier-bench.ts';

let bench: CourierBench;

beforeEach(() => {
  bench = new CourierBench();
});
afterEach(() => {
  expect(bench.defects).toEqual([]);
  bench.remove();
});

describe('a folder', () => {
  test('that is not there is waited for, and gets everything in order when it is back', async () => {
    renameSync(bench.folder, `${bench.folder}-away`);
    const outbox = new MemoryOutbox(several(3));
    const courier = bench.start(outbox);
    await bench.clock.runUntil(waitingFor(courier, 'folder-missing'), 1_000);
    expect(courier.state()).toMatchObject({ depth: 3 });
    const { since } = courier.state();
    await bench.clock.advance(600_000);
    expect(courier.state()).toMatchObject({ at: 'waiting', since, depth: 3 });
    outbox.parcels.push(parcel(3));
    courier.call();
    expect(courier.state()).toMatchObject({ at: 'waiting', since, depth: 4 });
    renameSync(`${bench.folder}-away`, bench.folder);
    await bench.clock.runUntil(idle(courier), 61_000);
    bench.clinicTakes();
    expect(bench.taken).toEqual(['見本　0', '見本　1', '見本　2', '見本　3']);
    await courier.close();
  });

  test('that vanishes between two parcels and comes back empty gets the rest', async () => {
    const outbox = new MemoryOutbox(several(4));
    const courier = bench.start(outbox, {
      ...folderFiles,
      syncFolder: async (folder) => {
        await folderFiles.syncFolder(folder);
        if (outbox.parcels.length === 2) rmSync(bench.folder, { recursive: true, force: true });
      },
    });
    await bench.clock.runUntil(waitingFor(courier, 'folder-missing'), 1_000);
    const left = outbox.parcels.length;
    await courier.close();
    mkdirSync(bench.folder);
    const again = bench.start(outbox);
    await bench.clock.runUntil(idle(again), 61_000);
    expect(bench.names().filter((name) => name.endsWith('.xml'))).toHaveLength(left);
    await again.close();
  });

  test('that is a file, or lies below one, is told as missing', async () => {
    writeFileSync(join(bench.home, 'file'), '');
    for (const folder of [join(bench.home, 'file'), join(bench.home, 'file', 'face')]) {
      const courier = bench.start(new MemoryOutbox(several(1)), folderFiles, folder);
      await bench.clock.runUntil(waitingFor(courier, 'folder-missing'), 1_000);
      await courier.close();
    }
  });

  test('that is full is told so, nothing half stays in it, and it takes the parcels when there is room', async (context) => {
    if (!mount('tmpfs', '-o', 'size=1m')) return context.skip('a small disk can only be mounted by root');
    try {
      const filler = join(bench.folder, 'filler');
      writeFileSync(filler, Buffer.alloc(900_000));
      const large = [0, 1].map((n) => parcel(n, { remarks: '長'.repeat(60_000) }));
      const outbox = new MemoryOutbox(large);
      const courier = bench.start(outbox);
      await bench.clock.runUntil(waitingFor(courier, 'folder-full'), 1_000);
      expect(bench.names()).toEqual(['filler']);
      await bench.clock.advance(120_000);
      expect(outbox.parcels).toHaveLength(2);
      rmSync(filler);
      await bench.clock.runUntil(idle(courier), 61_000);
      bench.clinicTakes();
      expect(bench.taken).toEqual(['見本　0', '見本　1']);
      await courier.close();
    } finally {
      spawnSync('umount', [bench.folder]);
    }
  });

  test('that may only be read is told so, and takes the parcels when it may be written', async (context) => {
    if (!mount('tmpfs', '-o', 'size=1m')) return context.skip('a read-only disk can only be mounted by root');
    try {
      spawnSync('mount', ['-o', 'remount,ro', bench.folder]);
      const courier = bench.start(new MemoryOutbox(several(2)));
      await bench.clock.runUntil(waitingFor(courier, 'folder-read-only'), 1_000);
      spawnSync('mount', ['-o', 'remount,rw', bench.folder]);
      await bench.clock.runUntil(idle(courier), 61_000);
      bench.clinicTakes();
      expect(bench.taken).toEqual(['見本　0', '見本　1']);
      await courier.close();
    } finally {
      spawnSync('umount', [bench.folder]);
    }
  });
});

function mount(type: string, ...options: string[]): boolean {
  return spawnSync('mount', ['-t', type, ...options, type, bench.folder]).status === 0;
}
