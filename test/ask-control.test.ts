import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { askControl } from '../src/ask-control.ts';
import { systemClock } from '../src/clock.ts';
import { eventually } from './eventually.ts';
import { createSimulatedClock } from './simulated-clock.ts';

const never = new AbortController().signal;
let folder: string;
let path: string;
let server: Server | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kazasu-ask-'));
  path = join(folder, 'control.sock');
});
afterEach(async () => {
  const open = server;
  server = undefined;
  if (open) await new Promise((closed) => open.close(closed));
  rmSync(folder, { recursive: true, force: true });
});

/** Serves each line that is asked. */
async function listen(serve: (socket: Socket, line: string) => void): Promise<void> {
  const opened = createServer((socket) => {
    socket.on('error', () => {}).on('data', (line: Buffer) => serve(socket, line.toString()));
  });
  server = opened;
  await new Promise<void>((listening) => opened.listen(path, listening));
}

const ask = (more: { clock?: typeof systemClock; signal?: AbortSignal } = {}) =>
  askControl({ path, ask: 'state', boundMs: 20_000, clock: more.clock ?? systemClock }, more.signal ?? never);

test('one line is asked, and the line that is answered is JSON, in however many pieces it comes', async () => {
  const asked: string[] = [];
  await listen((socket, line) => {
    asked.push(line);
    socket.write('{"ok":true,');
    setImmediate(() => socket.write('"version":"1.0.0"}\n{"more":'));
  });
  expect(await ask()).toEqual({ at: 'answered', value: { ok: true, version: '1.0.0' } });
  expect(asked).toEqual(['{"ask":"state"}\n']);
});

test('where nobody listens, nobody is there', async () => {
  expect(await ask()).toEqual({ at: 'gone', reason: `${path}: ENOENT` });
});

test.each([
  ['closes', (socket: Socket) => socket.end(), 'closed without an answer'],
  ['closes within the line', (socket: Socket) => socket.end('{"ok":true}'), 'closed without an answer'],
  ['answers no JSON', (socket: Socket) => socket.end('what?\n'), 'it answers what?'],
  ['does not come to an end', (socket: Socket) => socket.write('x'.repeat(70_000)), 'the answer is too long'],
])('one that %s gives no answer', async (_, serve, reason) => {
  await listen(serve);
  expect(await ask()).toEqual({ at: 'silent', reason: `${path}: ${reason}` });
});

test('one that hangs is given up after the bound, or at once when the question is taken back', async () => {
  let asked = 0;
  await listen(() => asked++);
  const clock = createSimulatedClock();
  const late = ask({ clock });
  await eventually(() => expect(asked).toBe(1));
  await clock.advance(20_000);
  expect(await late).toEqual({ at: 'silent', reason: `${path}: no answer in time` });
  const stop = new AbortController();
  const stopped = ask({ signal: stop.signal });
  await eventually(() => expect(asked).toBe(2));
  stop.abort();
  expect(await stopped).toEqual({ at: 'silent', reason: `${path}: the question was taken back` });
  expect(await ask({ signal: stop.signal })).toEqual(await stopped);
});
