import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { openControlSocket } from '../../src/unit/control-socket.ts';
import { createReaderLink } from '../../src/update/reader-link.ts';
import { createSimulatedClock } from '../simulated-clock.ts';

const never = new AbortController().signal;
let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kazasu-link-'));
  path = join(folder, 'control.sock');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const parts = [
  { part: 'panel', ok: false, code: 'UNIT-953' },
  { part: 'clock', ok: true },
];

/** The reader's own control socket, answering so. */
async function reader(answers: { resting?: boolean; passed?: boolean }) {
  const { resting = true, passed = true } = answers;
  const state = { version: '1.0.0', reception: !resting, resting, selfTest: null };
  const opened = await openControlSocket({
    path,
    clock: systemClock,
    onDefect: (error) => {
      throw error;
    },
    answers: {
      state: () => state,
      rest: () => ({ resting }),
      resume: () => ({ resting: false }),
      'self-test': async () => ({ selfTest: { at: '2026-12-01T00:00:00Z', passed, parts: passed ? [] : parts } }),
    },
  });
  if (!opened.ok) throw new Error(opened.fault.detail);
  return opened.value;
}

test('a reader rests when it may, says when it may not, and answers the rest', async () => {
  const link = createReaderLink({ path, clock: systemClock });
  const free = await reader({});
  expect(await link.answers(never)).toEqual({ ok: true });
  expect(await link.rest(never)).toBe('resting');
  expect(await link.resume(never)).toEqual({ ok: true });
  expect(await link.selfTest(never)).toEqual({ ok: true, value: [] });
  await free.close();
  const busy = await reader({ resting: false, passed: false });
  expect(await link.rest(never)).toBe('busy');
  expect(await link.selfTest(never)).toEqual({ ok: true, value: [{ part: 'panel', code: 'UNIT-953' }] });
  await busy.close();
});

test('where no program listens there is no reception; one that does not answer may hold one', async () => {
  const link = createReaderLink({ path, clock: systemClock });
  expect(await link.rest(never)).toBe('gone');
  const answering = await listen((socket) => socket.end('{"ok":false}\n'));
  expect(await link.rest(never)).toBe('silent');
  expect(await link.selfTest(never)).toMatchObject({
    fault: { code: 'UPD-979', detail: 'asked "self-test", it answers {"ok":false}' },
  });
  await close(answering);
  const closing = await listen((socket) => socket.end());
  expect(await link.rest(never)).toBe('silent');
  await close(closing);
});

test('a self-test that passes as a whole and fails in a part is none', async () => {
  const selfTest = { passed: true, parts };
  const answering = await listen((socket) => socket.end(`${JSON.stringify({ ok: true, selfTest })}\n`));
  const link = createReaderLink({ path, clock: systemClock });
  expect(await link.selfTest(never)).toMatchObject({ ok: false, fault: { code: 'UPD-979' } });
  await close(answering);
});

test('a reader that hangs is given up after its bound, or at once when the updater is to stop', async () => {
  let asked = 0;
  const hanging = await listen((socket) => socket.on('data', () => asked++));
  const clock = createSimulatedClock();
  const link = createReaderLink({ path, clock });
  const resting = link.rest(never);
  await expect.poll(() => asked, { timeout: 20_000 }).toBe(1);
  await clock.advance(10_000);
  expect(await resting).toBe('silent');
  const stop = new AbortController();
  const testing = link.selfTest(stop.signal);
  await expect.poll(() => asked, { timeout: 20_000 }).toBe(2);
  stop.abort();
  expect(await testing).toMatchObject({ fault: { code: 'UPD-979' } });
  await close(hanging);
});

function listen(serve: (socket: import('node:net').Socket) => void): Promise<Server> {
  const server = createServer((socket) => {
    socket.on('error', () => {}).resume();
    serve(socket);
  });
  return new Promise((listening) => server.listen(path, () => listening(server)));
}

function close(server: Server): Promise<void> {
  return new Promise((closed) => {
    server.close(() => closed());
  });
}
