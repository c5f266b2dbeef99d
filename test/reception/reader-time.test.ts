/** The runner, and the time that each state may take. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ReaderBench } from './reader-bench.ts';

let bench: ReaderBench;
beforeEach(() => {
  bench = new ReaderBench();
});
afterEach(() => bench.reader.close());

test('20 s before the end of the time a patient is bench.told, and one touch gives all of it again', async () => {
  await bench.placeCard();
  await bench.clock.advance(39_999);
  expect(bench.reader.state).toMatchObject({ at: 'choosing', reception: { hurry: false } });
  await bench.clock.advance(1);
  expect(bench.reader.state).toMatchObject({ reception: { hurry: true } });
  await bench.clock.advance(19_000);
  bench.reader.intent({ type: 'extend' });
  expect(bench.reader.state).toMatchObject({ at: 'choosing', reception: { hurry: false } });
  await bench.clock.advance(59_999);
  await bench.sees('choosing');
  await bench.clock.advance(1);
  await bench.sees('stopped');
  expect(bench.reader.state).toMatchObject({ code: 'TIME-801' });
});

test('whoever asks for more time before it runs out, as by changing the language, has all of it again', async () => {
  await bench.placeCard();
  await bench.clock.advance(30_000);
  bench.reader.intent({ type: 'extend' });
  await bench.clock.advance(39_999);
  expect(bench.reader.state).toMatchObject({ at: 'choosing', reception: { hurry: false } });
  await bench.clock.advance(1);
  expect(bench.reader.state).toMatchObject({ at: 'choosing', reception: { hurry: true } });
  await bench.clock.advance(20_000);
  await bench.sees('stopped');
});

test('the machine has no more time for being asked: a hand-over that is never answered ends at its bound', async () => {
  await bench.placeCard();
  await bench.reachRecording();
  await bench.clock.advance(10_000);
  bench.reader.intent({ type: 'extend' });
  await bench.clock.advance(5_000);
  expect(bench.reader.state).toMatchObject({ at: 'stopped', code: 'REC-701' });
});
