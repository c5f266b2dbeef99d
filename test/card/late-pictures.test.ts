/** Pictures that were read to the end, from a card that is gone before anybody has them. */
import { afterEach, expect, test, vi } from 'vitest';
import { textImage } from '../../src/bench/card/text-image.ts';
import { createCardPort } from '../../src/card/card-port.ts';
import type { CardModule, SlotEvent } from '../../src/card/module/card-module.ts';
import { systemClock } from '../../src/clock.ts';
import { ok } from '../../src/faults/result.ts';
import { cardOf, portrait, trustedRoot, unhurried } from './bench-card.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

/** The adult's card on a module that hands every command over at once; `onSigned` is called before its last answer comes. */
async function counter(onSigned: (leave: () => void) => void) {
  const card = await cardOf('adult');
  card.powerOn();
  let tell = (_event: SlotEvent): void => {};
  const module: CardModule = {
    name: 'one slot',
    slots: [{ kind: 'contact', readLength: 256 }],
    start: async () => ok(),
    watch(listener) {
      tell = listener;
      return () => {};
    },
    powerOn: async () => ok(new Uint8Array(0)),
    powerOff: async () => ok(),
    async transmit(_slot, command) {
      const answer = card.answer(command);
      if (command[1] === 0x2a) onSigned(() => tell({ type: 'card-out', slot: 0 }));
      return ok(answer);
    },
    close: async () => {},
  };
  const codeB = card.holder?.verificationCodeB ?? '';
  const front = { simulated: true, readCode: async () => ok<Uint8Array>(Uint8Array.from(Buffer.from(codeB))) };
  const random = (length: number) => new Uint8Array(length).fill(7);
  const port = createCardPort({ module, front, clock: systemClock, random, trustedCvKeys: [await trustedRoot()] });
  tell({ type: 'card-in', slot: 0 });
  return port;
}

/** How long each buffer was that was filled with zeros while `work` ran. */
async function wipedBy(work: () => Promise<unknown>): Promise<number[]> {
  const { mock } = vi.spyOn(Uint8Array.prototype, 'fill');
  await work();
  const wiped = mock.contexts.filter((_buffer, call) => mock.calls[call]?.[0] === 0);
  return (wiped as Uint8Array[]).map(({ length }) => length);
}

test('are wiped, both; those that somebody gets are theirs to wipe', async () => {
  const pictures = [portrait.length, (await textImage('見本　花子', 360, 48)).length];
  const stays = await counter(() => {});
  const leaves = await counter((leave) => leave());
  expect((await wipedBy(() => stays.readPortrait(unhurried))).filter((length) => pictures.includes(length))).toEqual([]);
  const read = async () => expect(await leaves.readPortrait(unhurried)).toMatchObject({ fault: { code: 'CARD-101' } });
  expect(await wipedBy(read)).toEqual(expect.arrayContaining(pictures));
});
