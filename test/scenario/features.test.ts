/** Features of the mission that are a matter of time or of touches, through a whole reader (catalogue/README.md). */
import { describe, expect, test } from 'vitest';
import type { Counter } from './counter.ts';
import { useCounter } from './use-counter.ts';

describe.each(['gem', 'acs', 'pn532'] as const)('M1 with %s', (module) => {
  const the = useCounter(module);

  test.each(['adult', 'no-pin-card', 'small-child'])('%s: from the card to the choice in 1.5 s', async (persona) => {
    await the.counter.placeCard(persona);
    const placedMs = the.counter.clock.now();
    await the.counter.sees('choosing');
    expect(the.counter.clock.now() - placedMs).toBeLessThanOrEqual(1_500);
  });

  test('the card’s going is seen within half a second, whatever is being done', async () => {
    const during: readonly ((counter: Counter) => Promise<unknown>)[] = [
      (counter) => counter.sees('reading'),
      (counter) => counter.sees('choosing'),
      (counter) => comesToFace(counter),
      (counter) => comesToPin(counter),
    ];
    for (const comesThere of during) {
      await the.counter.placeCard('adult');
      await comesThere(the.counter);
      the.counter.takeCard();
      await the.counter.sees('interrupted', 500);
      await the.counter.sees('idle');
    }
  });
});

async function comesToFace(counter: Counter): Promise<void> {
  await counter.sees('choosing');
  counter.choose('face');
  await counter.sees('matching-face');
}

async function comesToPin(counter: Counter): Promise<void> {
  await counter.sees('choosing');
  counter.choose('pin');
  await counter.sees('entering-pin');
}

describe('with any module', () => {
  const the = useCounter();

  test('A4 by face two touches are enough, from the card to its end', async () => {
    await the.counter.comesToChoose('adult');
    the.counter.choose('face');
    await the.counter.sees('asking');
    the.counter.agree();
    await the.counter.sees('done');
    await the.counter.sees('take-card');
    await the.counter.leaves();
  });

  /** What fails, and is back. */
  const troubles: Readonly<Record<string, (counter: Counter) => Promise<void>>> = {
    async cable(counter) {
      await counter.comesToChoose('adult');
      await counter.bench.unplug();
      await counter.sees('unavailable', 2_000);
      counter.takeCard();
      await counter.bench.plugIn();
    },
    async camera(counter) {
      await counter.comesToChoose('adult');
      // Nobody's page sends anything.
      await counter.bench.camera.look({ kind: 'page' });
      counter.choose('face');
      await counter.seesFault('FACE-405');
      await counter.leaves();
    },
    async network(counter) {
      counter.bench.gateway.controls.mode = 'down';
      await counter.placeCard('adult');
      await counter.seesFault('GATE-501');
      counter.bench.gateway.controls.mode = 'normal';
      await counter.leaves();
    },
  };

  test.each([
    ['cable', 'camera', 'network'],
    ['network', 'camera', 'cable'],
  ])('N3 %s, %s, %s: ten seconds after each the next patient is received by face', async (...order) => {
    for (const name of order) {
      await troubles[name]?.(the.counter);
      await the.counter.clock.advance(10_000);
      expect([name, the.counter.reader.state]).toEqual([name, { at: 'idle' }]);
      await the.counter.provesByFace('adult');
      await the.counter.agrees();
      await the.counter.leaves();
    }
    expect(the.counter.recorded()).toEqual(order.map(() => ({ outcome: 'accepted', method: 'face' })));
  });
});
