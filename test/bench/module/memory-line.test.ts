import { expect, test } from 'vitest';
import { createMemoryLine } from '../../../src/bench/module/memory-line.ts';
import type { SerialLine } from '../../../src/card/module/serial-line.ts';

const settings = { baudRate: 115_200, dataBits: 8, parity: 'none', stopBits: 2 } as const;
const turn = () => new Promise((resolve) => setImmediate(resolve));

async function opened(cable = createMemoryLine()) {
  const result = await cable.open('memory', settings);
  if (!result.ok) throw new Error(result.fault.code);
  return { cable, line: result.value satisfies SerialLine };
}

test('bytes pass both ways as they were when written', async () => {
  const { cable, line } = await opened();
  const atPeer: Uint8Array[] = [];
  const atHost: Uint8Array[] = [];
  cable.peer.onBytes((bytes) => atPeer.push(bytes));
  line.onBytes((bytes) => atHost.push(bytes));
  const secret = Uint8Array.of(1, 2, 3);
  await line.write(secret, 100);
  secret.fill(0);
  cable.peer.write(Uint8Array.of(4, 5));
  await turn();
  expect(atPeer).toEqual([Uint8Array.of(1, 2, 3)]);
  expect(atHost).toEqual([Uint8Array.of(4, 5)]);
});

test('what comes before somebody listens is kept', async () => {
  const { cable, line } = await opened();
  cable.peer.write(Uint8Array.of(9));
  await turn();
  const heard: Uint8Array[] = [];
  line.onBytes((bytes) => heard.push(bytes));
  expect(heard).toEqual([Uint8Array.of(9)]);
});

test('pulling the cable ends the line once; it opens again only after plugging in', async () => {
  const { cable, line } = await opened();
  let ends = 0;
  line.onEnd(() => ends++);
  cable.hangUp();
  cable.hangUp();
  await line.close();
  await turn();
  expect(ends).toBe(1);
  expect(await line.write(Uint8Array.of(1), 100)).toMatchObject({ ok: false, fault: { code: 'MOD-202' } });
  expect(await cable.open('memory', settings)).toMatchObject({ ok: false, fault: { code: 'MOD-202' } });
  cable.plugIn();
  expect((await cable.open('memory', settings)).ok).toBe(true);
});

test('one host at a time', async () => {
  const { cable, line } = await opened();
  expect((await cable.open('memory', settings)).ok).toBe(false);
  await line.close();
  expect((await cable.open('memory', settings)).ok).toBe(true);
});

test('an ended line delivers nothing of what was written to the one before', async () => {
  const { cable, line } = await opened();
  cable.peer.write(Uint8Array.of(1));
  await line.close();
  const { line: next } = await opened(cable);
  const heard: Uint8Array[] = [];
  next.onBytes((bytes) => heard.push(bytes));
  await turn();
  expect(heard).toEqual([]);
});
