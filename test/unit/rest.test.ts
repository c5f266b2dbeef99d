/** A reader at a counter that is to rest for an update. */
import { expect, test } from 'vitest';
import { createRest } from '../../src/unit/rest.ts';
import { useCounter } from '../scenario/use-counter.ts';

const the = useCounter();
const MINUTE_MS = 60_000;
const open = () => createRest(the.counter.reader, the.counter.clock);
const RESTING = { at: 'unavailable', code: 'SYS-904' };
const CHECKING = { at: 'unavailable', code: 'SYS-905' };

test('rests only where nobody stands, and serves whoever came meanwhile', async () => {
  const rest = open();
  await the.counter.placeCard('adult');
  await the.counter.sees('choosing');
  expect([rest.begin('update'), rest.resting]).toEqual([false, false]);
  await the.counter.leaves();

  expect([rest.begin('update'), rest.resting]).toEqual([true, true]);
  expect(the.counter.screen()).toEqual(RESTING);
  expect(the.counter.bench.panel.light).toBe('busy');
  await the.counter.placeCard('adult');
  await the.counter.clock.advance(MINUTE_MS);
  expect(the.counter.screen()).toEqual(RESTING);
  rest.end('update');
  await the.counter.sees('choosing');
});

test('a cable that is pulled and put back in does not end it; one that is still out is told of afterwards', async () => {
  const rest = open();
  rest.begin('update');
  const { bench, clock } = the.counter;
  await bench.unplug();
  await clock.advance(10_000);
  await bench.plugIn();
  await clock.advance(10_000);
  expect(the.counter.screen()).toEqual(RESTING);
  await bench.unplug();
  await clock.advance(10_000);
  rest.end('update');
  expect(the.counter.screen()).toEqual({ at: 'unavailable', code: 'MOD-202' });
  await bench.plugIn();
  await the.counter.sees('idle');
});

test('ends when the last who asked for it is done', async () => {
  const rest = open();
  expect([rest.begin('update'), rest.begin('technician')]).toEqual([true, true]);
  rest.end('update');
  rest.end('update');
  expect([rest.resting, the.counter.screen()]).toEqual([true, CHECKING]);
  rest.end('technician');
  expect([rest.resting, the.counter.screen()]).toEqual([false, { at: 'idle' }]);
});

test('the screen says why: a check that takes seconds, or an update that takes minutes', () => {
  const rest = open();
  const shown = () => the.counter.screen();
  rest.begin('self-test');
  expect(shown()).toEqual(CHECKING);
  rest.begin('update');
  expect(shown()).toEqual(RESTING);
  rest.end('self-test');
  expect(shown()).toEqual(RESTING);
  rest.begin('technician');
  rest.end('update');
  expect(shown()).toEqual(CHECKING);
  rest.end('technician');
  expect(shown()).toEqual({ at: 'idle' });
});

test('an updater that has died does not keep the counter closed', async () => {
  const rest = open();
  rest.begin('update');
  await the.counter.clock.advance(20 * MINUTE_MS);
  rest.begin('update');
  await the.counter.clock.advance(29 * MINUTE_MS);
  expect(rest.resting).toBe(true);
  await the.counter.clock.advance(MINUTE_MS);
  expect([rest.resting, the.counter.screen()]).toEqual([false, { at: 'idle' }]);
});

test('an update waits until the technician has gone, who goes first', () => {
  const rest = open();
  expect([rest.begin('technician'), rest.begin('update')]).toEqual([true, false]);
  rest.end('technician');
  expect([rest.resting, rest.begin('update')]).toEqual([false, true]);
  rest.end('update');
});
