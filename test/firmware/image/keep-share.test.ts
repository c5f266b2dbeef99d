import { expect, test } from 'vitest';
import { keepShare } from '../../../firmware/image/on-unit/keep-share.ts';
import type { Mounted, ShareMount } from '../../../firmware/image/on-unit/share-mount.ts';
import { createSimulatedClock } from '../../simulated-clock.ts';

const MINUTE_MS = 60_000;

/** A file server that comes and goes, and the kernel that mounts what it shares. */
function clinic() {
  const clock = createSimulatedClock();
  const said: string[] = [];
  const tries: number[] = [];
  const ending = new AbortController();
  let server: Mounted['at'] = 'mounted';
  let mounted = false;
  let lets = 0;
  const mount: ShareMount = {
    async mount() {
      if (mounted) throw new Error('mounted twice');
      tries.push(clock.now());
      mounted = server === 'mounted';
      return server === 'mounted' ? { at: server } : { at: server, reason: 'so it is' };
    },
    answers: async () => mounted && server === 'mounted',
    async unmount() {
      mounted = false;
      lets++;
    },
  };
  const say = (line: string) => said.push(line);
  const is = (at: Mounted['at']) => {
    server = at;
  };
  const done = keepShare({ mount, clock, say, signal: ending.signal });
  return { clock, said, tries, is, mounted: () => mounted, lets: () => lets, end: () => ending.abort(), done };
}

test('a share that is away is tried every quarter of a minute for ever, told once, and mounted when it is back', async () => {
  const the = clinic();
  the.is('away');
  await the.clock.advance(60 * MINUTE_MS);
  expect(the.tries.length).toBeGreaterThanOrEqual(239);
  expect(the.said).toEqual([expect.stringMatching(/away: so it is/)]);
  the.is('mounted');
  await the.clock.advance(15_000);
  expect(the.mounted()).toBe(true);
  expect(the.said.at(-1)).toMatch(/is mounted/);
  the.end();
  await the.done;
});

test('a refused password is tried less than ten times in ten minutes: the account is not locked', async () => {
  const the = clinic();
  the.is('refused');
  await the.clock.advance(60 * MINUTE_MS);
  for (const at of the.tries) {
    expect(the.tries.filter((other) => other >= at && other < at + 10 * MINUTE_MS).length).toBeLessThan(6);
  }
  expect(the.said).toEqual([expect.stringMatching(/cannot be mounted: so it is. Check/)]);
  the.end();
  await the.done;
});

test('a share that misses two answers stays: the kernel finds its server again', async () => {
  const the = clinic();
  await the.clock.advance(MINUTE_MS);
  const before = the.lets();
  the.is('away');
  await the.clock.advance(30_000);
  the.is('mounted');
  await the.clock.advance(10 * MINUTE_MS);
  expect(the.lets()).toBe(before);
  expect(the.tries).toHaveLength(1);
  the.end();
  await the.done;
});

test('a share that is lost for longer is let go, so that nothing waits for it, and mounted anew', async () => {
  const the = clinic();
  await the.clock.advance(MINUTE_MS);
  the.is('away');
  await the.clock.advance(MINUTE_MS);
  expect(the.mounted()).toBe(false);
  expect(the.said.slice(1)).toEqual([expect.stringMatching(/let go/), expect.stringMatching(/away/)]);
  the.is('mounted');
  await the.clock.advance(MINUTE_MS);
  expect(the.mounted()).toBe(true);
  the.end();
  await the.done;
});

test('it is let go at the end, also while it waits', async () => {
  const the = clinic();
  await the.clock.advance(5_000);
  const before = the.lets();
  the.end();
  await the.done;
  expect(the.mounted()).toBe(false);
  expect(the.lets()).toBe(before + 1);
  expect(the.said).toHaveLength(1);
});
