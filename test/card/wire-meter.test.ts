import { expect, test } from 'vitest';
import { createMemoryLine } from '../../src/bench/module/memory-line.ts';
import { createWireMeter } from '../../src/card/wire-meter.ts';

async function meteredLine() {
  const cable = createMemoryLine();
  const meter = createWireMeter(cable.open);
  const opened = await meter.openLine('memory', { baudRate: 9_600, dataBits: 8, parity: 'none', stopBits: 2 });
  if (!opened.ok) throw new Error('not opened');
  const heard: number[] = [];
  opened.value.onBytes((bytes) => heard.push(...bytes));
  return { cable, meter, line: opened.value, heard };
}

test('counts what passes both ways, and what that takes at 11 bits a character', async () => {
  const { cable, meter, line, heard } = await meteredLine();
  await line.write(new Uint8Array(20), 100);
  cable.peer.write(Uint8Array.of(1, 2, 3, 4));
  await Promise.resolve();
  expect(heard).toEqual([1, 2, 3, 4]);
  expect(meter.passed).toEqual({ sentBytes: 20, receivedBytes: 4, wireMs: expect.closeTo((24 * 11 * 1000) / 9_600, 6) });
});

test('what comes after a change of rate takes its time at the new one', async () => {
  const { meter, line } = await meteredLine();
  await line.write(new Uint8Array(96), 100);
  await line.setBaudRate(115_200);
  await line.write(new Uint8Array(115), 100);
  expect(meter.settings?.baudRate).toBe(115_200);
  expect(meter.passed.wireMs).toBeCloseTo((96 * 11) / 9.6 + (115 * 11) / 115.2, 6);
});

test('a line that cannot be opened is still a fault', async () => {
  const { meter } = await meteredLine();
  const again = await meter.openLine('memory', { baudRate: 9_600, dataBits: 8, parity: 'none', stopBits: 1 });
  expect(again).toMatchObject({ ok: false, fault: { code: 'MOD-202' } });
});
