/** What every card module does, whatever its protocol; see `CardModule`. */
import { describe, expect, test } from 'vitest';
import type { VirtualCard } from '../../src/bench/card/virtual-card.ts';
import type { CardModule, SlotEvent } from '../../src/card/module/card-module.ts';

/** A module with a cable and a slot that the test can handle. */
export type ModuleBench = {
  readonly module: CardModule;
  /** Where `insert` puts a card; the first slot when absent. */
  readonly slot?: number;
  insert(card: VirtualCard): void;
  remove(): void;
  unplug(): Promise<void>;
  plugIn(): Promise<void>;
  /** Lets time pass, or really waits, until `condition` holds; fails after `withinMs`. */
  until(condition: () => boolean, withinMs: number): Promise<void>;
  /** Waits for `work` in the same way. */
  settle<T>(work: Promise<T>, withinMs?: number): Promise<T>;
  close(): Promise<void>;
};

const SELECT_JPKI = Uint8Array.from(Buffer.from('00A4040C0AD392F000260100000001', 'hex'));
const OK = Uint8Array.of(0x90, 0x00);

export function cardModuleContract(name: string, open: () => Promise<ModuleBench>, card: () => Promise<VirtualCard>): void {
  const signal = new AbortController().signal;

  async function started(body: (bench: ModuleBench, events: SlotEvent[]) => Promise<void>): Promise<void> {
    const bench = await open();
    const events: SlotEvent[] = [];
    bench.module.watch((event) => events.push(event));
    try {
      expect(await bench.settle(bench.module.start(signal))).toEqual({ ok: true });
      await body(bench, events);
    } finally {
      await bench.close();
    }
  }

  const said = (events: readonly SlotEvent[]) => events.map((event) => event.type);

  describe(`card module: ${name}`, () => {
    test('says that it is ready, and tells of a card in and out within 500 ms', () =>
      started(async ({ insert, remove, until }, events) => {
        expect(events).toEqual([{ type: 'ready' }]);
        insert(await card());
        await until(() => events.length === 2, 500);
        remove();
        await until(() => events.length === 3, 500);
        expect(said(events)).toEqual(['ready', 'card-in', 'card-out']);
      }));

    test('tells a late listener of the card that lies there', () =>
      started(async ({ module, slot = 0, insert, until }, events) => {
        insert(await card());
        await until(() => events.length === 2, 500);
        const late: SlotEvent[] = [];
        const stop = module.watch((event) => late.push(event));
        expect(late).toEqual([{ type: 'card-in', slot }]);
        stop();
      }));

    test('powers a card on and carries commands in the order of asking', () =>
      started(async ({ module, slot = 0, insert, until, settle }, events) => {
        insert(await card());
        await until(() => events.length === 2, 500);
        const atr = await settle(module.powerOn(slot, signal));
        expect(atr.ok && atr.value[0]).toBe(0x3b);
        const select = module.transmit(slot, SELECT_JPKI, signal);
        const pinStatus = module.transmit(slot, Uint8Array.of(0, 0xb0, 0, 0, 4), signal);
        expect(await settle(select)).toEqual({ ok: true, value: OK });
        expect((await settle(pinStatus)).ok).toBe(true);
      }));

    test('carries a command as it was when it was asked, also when the caller wipes its buffer early', () =>
      started(async ({ module, slot = 0, insert, until, settle }, events) => {
        insert(await card());
        await until(() => events.length === 2, 500);
        await settle(module.powerOn(slot, signal));
        const command = Uint8Array.from(SELECT_JPKI);
        const answer = module.transmit(slot, command, signal);
        command.fill(0);
        expect(await settle(answer)).toEqual({ ok: true, value: OK });
      }));

    test('without a card, or without power: CARD-101', () =>
      started(async ({ module, slot = 0, insert, until, settle }, events) => {
        expect(await settle(module.powerOn(slot, signal))).toMatchObject({ fault: { code: 'CARD-101' } });
        insert(await card());
        await until(() => events.length === 2, 500);
        expect(await settle(module.transmit(slot, SELECT_JPKI, signal))).toMatchObject({ fault: { code: 'CARD-101' } });
      }));

    test('a new card, or the same one anew, has to be powered on again', () =>
      started(async ({ module, slot = 0, insert, remove, until, settle }, events) => {
        insert(await card());
        await until(() => events.length === 2, 500);
        await settle(module.powerOn(slot, signal));
        remove();
        await until(() => events.length === 3, 500);
        insert(await card());
        await until(() => events.length === 4, 500);
        expect(await settle(module.transmit(slot, SELECT_JPKI, signal))).toMatchObject({ fault: { code: 'CARD-101' } });
      }));

    test('a cable that is pulled is told within 2 s, ends what is under way, and works within 3 s of its return', () =>
      started(async ({ module, slot = 0, insert, until, unplug, plugIn, settle }, events) => {
        insert(await card());
        await until(() => events.length === 2, 500);
        await settle(module.powerOn(slot, signal));
        await unplug();
        await until(() => events.at(-1)?.type === 'lost', 2_000);
        expect(await settle(module.transmit(slot, SELECT_JPKI, signal))).toMatchObject({ fault: { code: 'MOD-202' } });
        await plugIn();
        await until(() => events.at(-1)?.type === 'card-in', 3_000);
        expect(said(events)).toEqual(['ready', 'card-in', 'lost', 'ready', 'card-in']);
        await settle(module.powerOn(slot, signal));
        expect(await settle(module.transmit(slot, SELECT_JPKI, signal))).toEqual({ ok: true, value: OK });
      }));

    test('an aborted call ends at once, and the next one is served', () =>
      started(async ({ module, slot = 0, insert, until, settle }, events) => {
        insert(await card());
        await until(() => events.length === 2, 500);
        const stopping = new AbortController();
        const stopped = module.powerOn(slot, stopping.signal);
        stopping.abort();
        expect((await settle(stopped, 100)).ok).toBe(false);
        expect((await settle(module.powerOn(slot, signal))).ok).toBe(true);
      }));

    test('may be closed twice, and is then lost for all calls', () =>
      started(async ({ module, slot = 0, settle }) => {
        await settle(module.close());
        await settle(module.close());
        expect((await settle(module.powerOn(slot, signal))).ok).toBe(false);
      }));
  });
}
