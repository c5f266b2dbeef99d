import { describe, expect, test } from 'vitest';
import { protocolsOf } from '../../src/card/module/protocols.ts';
import { createReaderSource } from '../../src/kiosk/reader-source.ts';
import { useCounter } from './use-counter.ts';

/** The same reception, whichever card module stands between; the ordinary one is in the other files. */
const others = protocolsOf('auto').filter(({ id }) => id !== 'gem');

describe.each([
  ['gem', 'contact', undefined],
  ['acs', 'contactless', true],
  ['pn532', 'contactless', true],
] as const)('the kiosk page with %s', (id, module, phones) => {
  const the = useCounter(id);

  test(`is told that a card is placed in the way that is ${module}, and whether phones are`, () => {
    const { reader, slots, bench, clinic, staff } = the.counter;
    const parts = { reader, slots, clinic, staff: staff.port, camera: bench.camera };
    const kiosk = createReaderSource({ ...parts, faceReady: () => true, simulated: [] });
    expect(kiosk.snapshot()).toMatchObject(phones ? { module, phones } : { module });
    expect(kiosk.snapshot().phones).toBe(phones);
  });
});

describe.each(others)('a reader with $name', ({ id }) => {
  const the = useCounter(id);

  test('receives by face', async () => {
    await the.counter.provesByFace('adult');
    the.counter.agree();
    await the.counter.sees('done');
    expect(the.counter.recorded()).toEqual([{ outcome: 'accepted', method: 'face' }]);
    expect(the.counter.pinVerifies()).toBe(0);
  });

  test('receives by PIN, one VERIFY for one entry', async () => {
    await the.counter.provesByPin('adult');
    the.counter.agree();
    await the.counter.sees('done');
    expect(the.counter.recorded()).toEqual([{ outcome: 'accepted', method: 'pin' }]);
    expect(the.counter.pinVerifies()).toBe(1);
  });

  test('reads the name for staff after a reception by PIN, from a card that was let go of', async () => {
    await the.counter.provesByPin('gaiji-name');
    const { reception } = await the.counter.agrees();
    await the.counter.clock.runUntil(() => the.counter.desk.glyphs(reception.id)?.namePng !== undefined, 8_000);
    await the.counter.servesTheNext();
  });

  test('is idle again when the card is taken in the middle', async () => {
    await the.counter.placeCard('adult');
    await the.counter.sees('choosing');
    the.counter.takeCard();
    await the.counter.sees('idle');
    expect(the.counter.recorded()).toEqual([]);
  });

  test('says of a transit card that it is none, and goes on with the right one', async () => {
    await the.counter.placeCard('transit-card');
    await the.counter.sees('stopped');
    the.counter.takeCard();
    await the.counter.sees('idle');
    await the.counter.placeCard('adult');
    await the.counter.sees('choosing');
  });
});
