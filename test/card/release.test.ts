/** Letting go of a card concerns that card, whatever comes to the module's slots meanwhile. */
import { expect, test } from 'vitest';
import { createCardPort } from '../../src/card/card-port.ts';
import type { CardModule, SlotEvent } from '../../src/card/module/card-module.ts';
import { systemClock } from '../../src/clock.ts';
import { failed, ok, type Result } from '../../src/faults/result.ts';
import { unhurried } from './bench-card.ts';
import { bytes } from './hex.ts';

/** A module with a contactless and a contact slot that notes what is asked of it, and answers when it is told to. */
function counter() {
  let tell = (_event: SlotEvent): void => {};
  const asked: string[] = [];
  const waiting: (() => void)[] = [];
  function note<T>(what: string, result: Result<T>): Promise<Result<T>> {
    asked.push(what);
    return new Promise((resolve) => waiting.push(() => resolve(result)));
  }
  const module: CardModule = {
    name: 'two slots',
    slots: [
      { kind: 'contactless', readLength: 256 },
      { kind: 'contact', readLength: 256 },
    ],
    start: async () => ok(),
    watch(listener) {
      tell = listener;
      return () => {};
    },
    powerOn: (slot) => note(`on ${slot}`, ok(bytes('3B 00'))),
    powerOff: (slot) => note(`off ${slot}`, ok()),
    transmit: (slot) => note(`command ${slot}`, ok(bytes('90 00'))),
    close: async () => {},
  };
  const front = { simulated: true, readCode: async () => failed('CARD-108') };
  const port = createCardPort({ module, front, clock: systemClock, random: (n) => new Uint8Array(n), trustedCvKeys: [] });
  const answerAll = async () => {
    for (let idle = 0; idle < 20; idle++) {
      for (const answer of waiting.splice(0)) answer();
      await Promise.resolve();
    }
  };
  return { port, asked, tell: (event: SlotEvent) => tell(event), answerAll };
}

test('the card that lies there is logged out of and loses its power', async () => {
  const { port, asked, tell, answerAll } = counter();
  tell({ type: 'card-in', slot: 1 });
  const released = port.release();
  await answerAll();
  await released;
  expect(asked).toEqual(['command 1', 'off 1']);
});

test('one that has left takes nothing from the one in the other slot', async () => {
  const { port, asked, tell, answerAll } = counter();
  tell({ type: 'card-in', slot: 1 });
  tell({ type: 'card-in', slot: 0 });
  port.watch(({ type }) => {
    if (type === 'removed') void port.release();
    else if (type === 'placed' && asked.length === 0) void port.survey(unhurried);
  });
  asked.length = 0;
  tell({ type: 'card-out', slot: 1 });
  await answerAll();
  expect(asked).not.toContain('off 0');
});

test('one that leaves meanwhile takes nothing from the one that comes to its place', async () => {
  const { port, asked, tell, answerAll } = counter();
  tell({ type: 'card-in', slot: 0 });
  const released = port.release();
  tell({ type: 'card-out', slot: 0 });
  tell({ type: 'card-in', slot: 0 });
  await answerAll();
  await released;
  expect(asked).toEqual(['command 0']);
});

test('without a card nothing is asked for', async () => {
  const { port, asked } = counter();
  await port.release();
  expect(asked).toEqual([]);
});
