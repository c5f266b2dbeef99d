/** What every serial line does, a cable or a simulated one; see `SerialLine`. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Line } from '../../src/bench/module/line.ts';
import type { SerialLine } from '../../src/card/module/serial-line.ts';

const settings = { baudRate: 115200, dataBits: 8, parity: 'none', stopBits: 2 } as const;
/** Generous: what it does at its deadline is the transport's own test. */
const WRITE_MS = 5_000;
const all256 = Uint8Array.from({ length: 256 }, (_, byte) => byte);

export function serialLineContract(name: string, lay: () => Promise<Line>): void {
  describe(`serial line: ${name}`, () => {
    let cable: Line;
    let line: SerialLine;
    const heard: number[] = [];
    const arrived: number[] = [];
    let ends = 0;

    async function until(condition: () => boolean): Promise<void> {
      const endMs = performance.now() + 20_000;
      while (!condition()) {
        if (performance.now() > endMs) throw new Error(`not within 20 s: ${condition}`);
        await new Promise((resolve) => setImmediate(resolve));
      }
    }

    beforeEach(async () => {
      heard.length = 0;
      arrived.length = 0;
      ends = 0;
      cable = await lay();
      cable.peer.onBytes((bytes) => arrived.push(...bytes));
      const opened = await cable.openLine(cable.path, settings);
      if (!opened.ok) throw new Error(opened.fault.detail);
      line = opened.value;
      line.onEnd(() => ends++);
    });

    afterEach(async () => {
      await line.close();
      await cable.close();
    });

    test('every byte passes both ways as it is', async () => {
      line.onBytes((bytes) => heard.push(...bytes));
      expect(await line.write(all256, WRITE_MS)).toEqual({ ok: true });
      cable.peer.write(all256);
      await until(() => heard.length === 256 && arrived.length === 256);
      expect(arrived).toEqual([...all256]);
      expect(heard).toEqual([...all256]);
    });

    test('bytes are out of the caller’s hands when the write has ended: wiping them then changes nothing', async () => {
      const pin = Uint8Array.of(0x31, 0x32, 0x33, 0x34);
      await line.write(pin, WRITE_MS);
      pin.fill(0);
      await until(() => arrived.length === 4);
      expect(arrived).toEqual([0x31, 0x32, 0x33, 0x34]);
    });

    test('bytes that come before there is a listener are kept', async () => {
      cable.peer.write(Uint8Array.of(1, 2, 3));
      await until(() => true);
      await new Promise((resolve) => setImmediate(resolve));
      line.onBytes((bytes) => heard.push(...bytes));
      await until(() => heard.length === 3);
      expect(heard).toEqual([1, 2, 3]);
    });

    test('a pulled cable ends it once, and writing then gives MOD-202', async () => {
      line.onBytes(() => {});
      await cable.unplug();
      await until(() => ends > 0);
      expect(await line.write(all256, WRITE_MS)).toMatchObject({ ok: false, fault: { code: 'MOD-202' } });
      await new Promise((resolve) => setImmediate(resolve));
      expect(ends).toBe(1);
    });

    test('an unplugged line cannot be opened, and can be again when it is back', async () => {
      await line.close();
      await cable.unplug();
      expect(await cable.openLine(cable.path, settings)).toMatchObject({ ok: false, fault: { code: 'MOD-202' } });
      await cable.plugIn();
      const again = await cable.openLine(cable.path, settings);
      expect(again.ok).toBe(true);
      if (again.ok) line = again.value;
    });

    test('a second opener is refused', async () => {
      expect(await cable.openLine(cable.path, settings)).toMatchObject({ ok: false, fault: { code: 'MOD-202' } });
    });

    test('may be closed twice', async () => {
      await line.close();
      await line.close();
      expect(await line.write(all256, WRITE_MS)).toMatchObject({ ok: false, fault: { code: 'MOD-202' } });
    });
  });
}
