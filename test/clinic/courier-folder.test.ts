/** The clinic's folder comes and goes, is full, or may only be read: parcels wait, in order. On real file systems. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { folderFiles } from '../../src/clinic/folder-delivery.ts';
import { idle, MemoryOutbox, parcel, several, waitingFor } from './courier-bench.ts';
import { useCourierBench } from './use-courier-bench.ts';

const the = useCourierBench();

describe('a folder', () => {
  test('that is not there is waited for, and gets everything in order when it is back', async () => {
    renameSync(the.bench.folder, `${the.bench.folder}-away`);
    const outbox = new MemoryOutbox(several(3));
    const courier = the.bench.start(outbox);
    await the.bench.clock.runUntil(waitingFor(courier, 'folder-missing'), 1_000);
    expect(courier.state()).toMatchObject({ depth: 3 });
    const { since } = courier.state();
    await the.bench.clock.advance(600_000);
    expect(courier.state()).toMatchObject({ at: 'waiting', since, depth: 3 });
    outbox.parcels.push(parcel(3));
    courier.call();
    await the.bench.clock.advance(500);
    expect(courier.state()).toMatchObject({ at: 'waiting', since, depth: 4 });
    renameSync(`${the.bench.folder}-away`, the.bench.folder);
    await the.bench.clock.runUntil(idle(courier), 61_000);
    the.bench.clinicTakes();
    expect(the.bench.taken).toEqual(['見本　0', '見本　1', '見本　2', '見本　3']);
    await courier.close();
  });

  test('that vanishes between two parcels and comes back empty gets the rest', async () => {
    const outbox = new MemoryOutbox(several(4));
    const courier = the.bench.start(outbox, {
      ...folderFiles,
      syncFolder: async (folder) => {
        await folderFiles.syncFolder(folder);
        if (outbox.parcels.length === 2) rmSync(the.bench.folder, { recursive: true, force: true });
      },
    });
    await the.bench.clock.runUntil(waitingFor(courier, 'folder-missing'), 1_000);
    const left = outbox.parcels.length;
    await courier.close();
    mkdirSync(the.bench.folder);
    const again = the.bench.start(outbox);
    await the.bench.clock.runUntil(idle(again), 61_000);
    expect(the.bench.names().filter((name) => name.endsWith('.xml'))).toHaveLength(left);
    await again.close();
  });

  test('that is a file, or lies below one, is told as missing', async () => {
    writeFileSync(join(the.bench.home, 'file'), '');
    for (const folder of [join(the.bench.home, 'file'), join(the.bench.home, 'file', 'face')]) {
      const courier = the.bench.start(new MemoryOutbox(several(1)), folderFiles, folder);
      await the.bench.clock.runUntil(waitingFor(courier, 'folder-missing'), 1_000);
      await courier.close();
    }
  });

  test('that is full is told so, nothing half stays in it, and it takes the parcels when there is room', async (context) => {
    if (!mount('tmpfs', '-o', 'size=1m')) return context.skip('a small disk can only be mounted by root');
    try {
      const filler = join(the.bench.folder, 'filler');
      writeFileSync(filler, Buffer.alloc(900_000));
      const large = [0, 1].map((n) => parcel(n, { remarks: '長'.repeat(60_000) }));
      const outbox = new MemoryOutbox(large);
      const courier = the.bench.start(outbox);
      await the.bench.clock.runUntil(waitingFor(courier, 'folder-full'), 1_000);
      expect(the.bench.names()).toEqual(['filler']);
      await the.bench.clock.advance(120_000);
      expect(outbox.parcels).toHaveLength(2);
      rmSync(filler);
      await the.bench.clock.runUntil(idle(courier), 61_000);
      the.bench.clinicTakes();
      expect(the.bench.taken).toEqual(['見本　0', '見本　1']);
      await courier.close();
    } finally {
      spawnSync('umount', [the.bench.folder]);
    }
  });

  test('that may only be read is told so, and takes the parcels when it may be written', async (context) => {
    if (!mount('tmpfs', '-o', 'size=1m')) return context.skip('a read-only disk can only be mounted by root');
    try {
      spawnSync('mount', ['-o', 'remount,ro', the.bench.folder]);
      const courier = the.bench.start(new MemoryOutbox(several(2)));
      await the.bench.clock.runUntil(waitingFor(courier, 'folder-read-only'), 1_000);
      spawnSync('mount', ['-o', 'remount,rw', the.bench.folder]);
      await the.bench.clock.runUntil(idle(courier), 61_000);
      the.bench.clinicTakes();
      expect(the.bench.taken).toEqual(['見本　0', '見本　1']);
      await courier.close();
    } finally {
      spawnSync('umount', [the.bench.folder]);
    }
  });
});

function mount(type: string, ...options: string[]): boolean {
  return spawnSync('mount', ['-t', type, ...options, type, the.bench.folder]).status === 0;
}
