import { describe, expect, test } from 'vitest';
import type { State } from '../../src/reception/state.ts';
import { useCounter } from './use-counter.ts';

/** The card or the cable is pulled, or nobody does anything. */
const the = useCounter();

describe('the card is pulled', () => {
  const byPin = () => {
    the.counter.choose('pin');
    the.counter.enterPin('1234');
  };
  const byFace = () => the.counter.choose('face');
  const ways: readonly { at: State['at']; begin?: () => void; persona?: string; camera?: string }[] = [
    { at: 'reading' },
    { at: 'choosing' },
    { at: 'matching-face', begin: byFace },
    { at: 'face-retry', begin: byFace, camera: 'rare-name' },
    { at: 'warning-last-try', begin: () => the.counter.choose('pin'), persona: 'one-try-left' },
    { at: 'entering-pin', begin: () => the.counter.choose('pin') },
    { at: 'verifying-pin', begin: byPin },
    { at: 'proving', begin: byPin },
    { at: 'proving', begin: byFace },
  ];

  test.each(ways)('while $at: it says so within half a second, nothing is recorded, the next patient is served', async (way) => {
    const { at, begin, persona = 'adult', camera } = way;
    await the.counter.placeCard(persona, camera === undefined ? {} : { camera });
    if (at !== 'reading') await the.counter.sees('choosing');
    begin?.();
    await the.counter.sees(at);
    the.counter.takeCard();
    expect(await the.counter.sees('interrupted', 500)).toMatchObject({ code: 'CARD-101' });
    await the.counter.clock.advance(1_000);
    expect(the.counter.recorded()).toEqual([]);
    expect(the.counter.clinicFiles()).toEqual([]);
    expect(the.counter.audited().at(-1)).toBe('reception.ended');
    await the.counter.servesTheNext();
  });

  test('once identity is proved: the eligibility is finished without it, and nothing stands as agreed to', async () => {
    await the.counter.provesByPin('adult');
    the.counter.takeCard();
    expect(await the.counter.sees('querying', 500)).toMatchObject({ cardGone: true, cutShort: true });
    expect(await the.counter.sees('done')).toMatchObject({ cardGone: true, cutShort: true });
    expect(the.counter.lastRow()).toMatchObject({ outcome: 'accepted', method: 'pin', given: { consents: [] } });
    expect(the.counter.resultFiles()).toHaveLength(1);
    await the.counter.sees('idle');
    await the.counter.servesTheNext();
  });

  test('while the eligibility is asked for: what was agreed to stands', async () => {
    await the.counter.provesByPin('adult');
    the.counter.agree();
    await the.counter.sees('querying');
    the.counter.takeCard();
    expect(await the.counter.sees('done')).toMatchObject({ cardGone: true, cutShort: false });
    expect(the.counter.lastRow().given.consents).toEqual(['medicines', 'checkups']);
    await the.counter.sees('idle');
    await the.counter.servesTheNext();
  });

  test.each(['stopped', 'take-card'] as const)('at its end (%s): the start screen is there at once', async (at) => {
    await the.counter.placeCard('transit-card');
    await the.counter.sees('stopped');
    if (at === 'take-card') the.counter.touch({ type: 'stop' });
    expect(the.counter.reader.state.at).toBe(at);
    the.counter.takeCard();
    await the.counter.sees('idle', 500);
  });

  test('while it is being recorded: record, file and screen agree', async () => {
    await the.counter.provesByPin('adult');
    the.counter.agree();
    await the.counter.sees('querying');
    // The answer and the removal in one moment: the removal's bytes are on the line when recording begins.
    const stop = the.counter.reader.onChange(({ at }) => at === 'recording' && the.counter.takeCard());
    await the.counter.sees('done');
    stop();
    expect(the.counter.recorded()).toEqual([{ outcome: 'accepted', method: 'pin' }]);
    expect(the.counter.resultFiles()).toHaveLength(1);
    await the.counter.sees('idle');
    await the.counter.servesTheNext();
  });

  test('and another card placed while the first one’s success still shows', async () => {
    await the.counter.servesTheNext();
    the.counter.takeCard();
    await the.counter.placeCard('adult');
    await the.counter.sees('choosing');
    expect(the.counter.reader.state).toMatchObject({ reception: { pin: { at: 'ready', triesLeft: 3 } } });
  });
});

describe('nobody touches the screen', () => {
  test('the reception ends by itself, and reminds of the card until it is taken', async () => {
    await the.counter.placeCard('adult');
    await the.counter.sees('choosing');
    expect(await the.counter.sees('stopped', 61_000)).toMatchObject({ code: 'TIME-801' });
    await the.counter.sees('take-card', 61_000);
    the.counter.bench.panel.lastSound = undefined;
    await the.counter.clock.advance(5_100);
    expect(the.counter.bench.panel.lastSound).toBe('take-card');
    await the.counter.servesTheNext();
  });

  test('half a PIN is wiped with it, and no VERIFY is sent', async () => {
    await the.counter.placeCard('adult');
    await the.counter.sees('choosing');
    the.counter.choose('pin');
    for (const digit of [0x31, 0x32]) the.counter.reader.pinKey(digit);
    await the.counter.sees('stopped', 61_000);
    expect(the.counter.pinVerifies()).toBe(0);
  });
});

test('the cable is pulled in the middle of a reception and put back: the reader is ready again by itself', async () => {
  await the.counter.placeCard('adult');
  await the.counter.sees('choosing');
  the.counter.choose('pin');
  await the.counter.bench.unplug();
  expect(await the.counter.sees('unavailable', 2_000)).toMatchObject({ code: 'MOD-202' });
  the.counter.takeCard();
  await the.counter.bench.plugIn();
  await the.counter.sees('idle', 3_000);
  await the.counter.servesTheNext();
});
