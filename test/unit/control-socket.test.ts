import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { type ControlSocket, openControlSocket } from '../../src/unit/control-socket.ts';
import { eventually } from '../eventually.ts';
import { createSimulatedClock } from '../simulated-clock.ts';
import { askControl } from './unit-process.ts';

let folder: string;
let path: string;
let socket: ControlSocket | undefined;
const defects: unknown[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kazasu-control-'));
  path = join(folder, 'control.sock');
});
afterEach(async () => {
  await socket?.close();
  socket = undefined;
  rmSync(folder, { recursive: true });
  defects.length = 0;
});

const answers = {
  state: () => ({ version: '1', resting: false }),
  rest: () => ({ resting: true }),
  resume: () => Promise.reject(new Error('a bug')),
  'self-test': () => new Promise<object>((resolve) => setImmediate(() => resolve({ passed: true }))),
};

async function open(clock = systemClock) {
  const opened = await openControlSocket({ path, answers, clock, onDefect: (error) => defects.push(error) });
  if (opened.ok) socket = opened.value;
  return opened;
}

test('answers one line with one line, to its owner and group alone', async () => {
  await open();
  expect(await askControl(path, '{"ask":"state"}')).toEqual({ ok: true, version: '1', resting: false });
  expect(await askControl(path, '{"ask":"rest"}')).toEqual({ ok: true, resting: true });
  expect(statSync(path).mode & 0o777).toBe(0o660);
});

test.each(['{"ask":"reboot"}', '{"ask":"state","more":1}', 'state', '', '"'.repeat(5_000)])('refuses %j', async (line) => {
  await open();
  expect(await askControl(path, line)).toEqual({ ok: false, reason: expect.stringContaining('{"ask":"state"}') });
});

test('a defect of one answer is told, and the next one is given', async () => {
  await open();
  expect(await askControl(path, '{"ask":"resume"}')).toEqual({ ok: false, reason: expect.stringContaining('SYS-901') });
  expect(defects).toHaveLength(1);
  expect(await askControl(path, '{"ask":"state"}')).toMatchObject({ ok: true });
});

test('whoever hangs up without hearing its answer harms nobody', async () => {
  await open();
  await new Promise<void>((resolve) => {
    const asking = connect(path, () => asking.write('{"ask":"self-test"}\n', () => asking.destroy()));
    asking.once('close', () => resolve());
  });
  expect(await askControl(path, '{"ask":"self-test"}')).toEqual({ ok: true, passed: true });
  expect(defects).toEqual([]);
});

test('whoever does not hang up takes no place from the next ones', async () => {
  await open();
  const staying = await Promise.all(
    Array.from({ length: 8 }, async () => {
      const asking = connect({ path, allowHalfOpen: true });
      asking.resume().write('{"ask":"state"}\n');
      await once(asking, 'end');
      return asking;
    }),
  );
  expect(await askControl(path, '{"ask":"state"}')).toMatchObject({ ok: true });
  for (const asking of staying) asking.destroy();
});

test('whoever says nothing is answered so when its time is over', async () => {
  const clock = createSimulatedClock();
  await open(clock);
  const asking = connect(path);
  const answered = new Promise<string>((resolve) => asking.once('data', (chunk) => resolve(String(chunk))));
  await eventually(async () => {
    await clock.advance(5_000);
    expect(await Promise.race([answered, Promise.resolve('')])).toContain('"ok":false');
  });
  asking.destroy();
});

test('takes the place of a socket that was left, and of nothing else', async () => {
  const left = createServer().listen(path);
  await new Promise((resolve) => left.once('listening', resolve));
  expect((await open()).ok).toBe(true);
  expect(await askControl(path, '{"ask":"state"}')).toMatchObject({ ok: true });
  await socket?.close();
  socket = undefined;
  left.close();
  writeFileSync(path, 'a file');
  expect(await open()).toMatchObject({ ok: false, fault: { code: 'SYS-902' } });
  expect(existsSync(path)).toBe(true);
});
