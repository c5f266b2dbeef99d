/** The runner, and the picture of a name that staff need. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { failed, ok } from '../../src/faults/result.ts';
import { noFrames, ReaderBench } from './reader-bench.ts';

let bench: ReaderBench;
beforeEach(() => {
  bench = new ReaderBench();
});
afterEach(() => bench.reader.close());

test('the picture of the name is for staff where a glyph is missing, and wiped where none is', async () => {
  await bench.placeCard();
  bench.reader.intent({ type: 'choose', method: 'face' });
  bench.captures[0]?.resolve(ok(noFrames));
  await bench.sees('asking');
  bench.eligibility = ok({ segmentOfResult: '1', validity: '1', qualifications: [{ Name: '●橋　澪' }] });
  bench.refuseAll();
  bench.handingOver.resolve('handed-over');
  await bench.sees('done');
  expect(bench.told[0]?.namePicture).toEqual(Uint8Array.of(2));
  await bench.clock.advance(10_000);
  bench.tellCard({ type: 'removed' });
  await bench.placeCard();
  bench.reader.intent({ type: 'choose', method: 'face' });
  bench.captures[1]?.resolve(ok(noFrames));
  await bench.sees('asking');
  bench.eligibility = ok({ segmentOfResult: '1', validity: '1', qualifications: [{ Name: '見本　花子' }] });
  bench.refuseAll();
  await bench.sees('done');
  expect(bench.told[1]).not.toHaveProperty('namePicture');
  expect(bench.namePictures[1]).toEqual(Uint8Array.of(0));
});

/** A name with ● in its text is received by PIN, and the reception is over. */
async function nameIsWanted(): Promise<void> {
  await bench.placeCard();
  await bench.reachConsent();
  bench.eligibility = ok({ segmentOfResult: '1', validity: '1', qualifications: [{ Name: '●橋　澪' }] });
  bench.refuseAll();
  bench.handingOver.resolve('handed-over');
  await bench.sees('done');
}

test('by PIN the name is read once all is over, bench.told to staff, and the card is let go of again', async () => {
  await nameIsWanted();
  expect([bench.readings.length, bench.releases, bench.told.length]).toEqual([1, 1, 1]);
  bench.readingName.resolve(ok(Uint8Array.of(7)));
  await bench.clock.advance(0);
  expect(bench.told[1]).toMatchObject({ receptionId: 'reception', namePicture: Uint8Array.of(7) });
  expect(bench.releases).toBe(2);
});

test('a name that cannot be read changes nothing, and takes no longer than twenty seconds', async () => {
  await nameIsWanted();
  await bench.clock.advance(20_000);
  expect(bench.readings[0]?.aborted).toBe(true);
  bench.readingName.resolve(failed('CARD-108'));
  await bench.clock.advance(0);
  expect([bench.told.length, bench.releases]).toEqual([1, 2]);
});

test('the next card ends the reading: what came is wiped, and the card that lies there now is not let go of', async () => {
  await nameIsWanted();
  bench.tellCard({ type: 'removed' });
  await bench.placeCard();
  expect(bench.readings[0]?.aborted).toBe(true);
  const before = bench.releases;
  const late = Uint8Array.of(7);
  bench.readingName.resolve(ok(late));
  await bench.clock.advance(0);
  expect([late, bench.told.length, bench.releases]).toEqual([Uint8Array.of(0), 1, before]);
  await bench.sees('choosing');
});

test('no name is read where the text has every glyph, nor once the card has been taken', async () => {
  await bench.placeCard();
  await bench.reachRecording();
  bench.handingOver.resolve('handed-over');
  await bench.sees('done');
  bench.tellCard({ type: 'removed' });
  await bench.placeCard();
  await bench.reachConsent();
  bench.eligibility = ok({ segmentOfResult: '1', validity: '1', qualifications: [{ Name: '●橋　澪' }] });
  bench.tellCard({ type: 'removed' });
  await bench.sees('done');
  expect(bench.readings).toEqual([]);
});
