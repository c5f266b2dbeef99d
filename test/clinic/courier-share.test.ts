/** A network share whose server is gone: every operation on it waits, and none can be ended. */
import { describe, expect, test } from 'vitest';
import { type FolderFiles, folderFiles } from '../../src/clinic/folder-delivery.ts';
import { MemoryOutbox, several } from './courier-bench.ts';
import { useCourierBench } from './use-courier-bench.ts';

const the = useCourierBench();

describe('a share that does not answer', () => {
  /** Operations wait until the share is back. */
  function share() {
    let back = () => {};
    let gone: Promise<void> | undefined;
    let underWay = 0;
    let most = 0;
    const through =
      <A extends unknown[], T>(operation: (...args: A) => Promise<T>) =>
      async (...args: A): Promise<T> => {
        most = Math.max(most, ++underWay);
        await gone;
        return operation(...args).finally(() => underWay--);
      };
    const files: FolderFiles = {
      list: through(folderFiles.list),
      writeTemporary: through(folderFiles.writeTemporary),
      giveName: through(folderFiles.giveName),
      removeTemporary: through(folderFiles.removeTemporary),
      syncFolder: through(folderFiles.syncFolder),
    };
    const leave = () => {
      gone = new Promise((resolve) => {
        back = resolve;
      });
    };
    return { files, leave, back: () => back(), most: () => most };
  }

  test('is told after 5 s, has never two operations at once, and gets everything once it is back', async () => {
    const { files, leave, back, most } = share();
    const outbox = new MemoryOutbox(several(3));
    leave();
    const courier = startUnheld(outbox, files);
    await the.bench.clock.advance(4_900);
    expect(courier.state()).toMatchObject({ at: 'delivering', depth: 3 });
    await the.bench.clock.advance(200);
    expect(courier.state()).toMatchObject({ at: 'waiting', reason: 'folder-silent', depth: 3 });
    await the.bench.clock.advance(3_600_000);
    expect(most()).toBe(1);
    back();
    await expect.poll(() => courier.state().at, { timeout: 20_000 }).toBe('idle');
    the.bench.clinicTakes();
    expect(the.bench.taken).toEqual(['見本　0', '見本　1', '見本　2']);
    expect(the.bench.reasonsTold()).toEqual(['folder-silent']);
    await courier.close();
  });

  test('does not keep the reader from stopping, and begins nothing more when it answers after that', async () => {
    const { files, leave, back } = share();
    leave();
    const courier = startUnheld(new MemoryOutbox(several(1)), files);
    await the.bench.clock.advance(10_000);
    let closed = false;
    const closing = courier.close().then(() => {
      closed = true;
    });
    await the.bench.clock.advance(1_900);
    expect(closed).toBe(false);
    await the.bench.clock.advance(200);
    expect(closed).toBe(true);
    await closing;
    back();
    await new Promise((resolve) => setImmediate(resolve));
    expect(the.bench.names()).toEqual([]);
  });

  /** Work that never ends may not hold simulated time. */
  function startUnheld(outbox: MemoryOutbox, files: FolderFiles) {
    the.bench.held = (given) => given;
    return the.bench.start(outbox, files);
  }
});
