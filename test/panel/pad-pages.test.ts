import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { WebSocket } from 'ws';
import { createKioskServer, type KioskServer } from '../../src/kiosk/server.ts';
import { cookieFrom, nextMessage, openSocket } from '../kiosk/local-client.ts';
import { ScriptedSource } from '../kiosk/scripted-source.ts';

let server: KioskServer;
let cookie: string;
beforeEach(async () => {
  server = await createKioskServer({
    random: (length) => randomBytes(length),
    pageDir: join(import.meta.dirname, '../../src/kiosk/ui'),
    bootToken: { value: 'boot', uses: 'many' },
    source: new ScriptedSource(),
  });
  cookie = await cookieFrom(server.bootUrl);
});
afterEach(() => server.close());

async function openPage(): Promise<WebSocket> {
  const opened = await openSocket(`${server.origin.replace('http', 'ws')}/link`, { cookie, origin: server.origin });
  if ('refused' in opened) throw new Error(`refused with ${opened.refused}`);
  await nextMessage(opened.socket);
  return opened.socket;
}

test('a key reaches the page as three bytes, going down and up', async () => {
  const page = await openPage();
  server.padKey(0x35, true);
  server.padKey(0x35, false);
  expect([...(await nextMessage(page))]).toEqual([5, 0x35, 1]);
  expect([...(await nextMessage(page))]).toEqual([5, 0x35, 0]);
});

test('of two pages the one opened last has the pad, and the other when that is gone', async () => {
  const first = await openPage();
  const second = await openPage();
  server.padKey(0x31, true);
  expect([...(await nextMessage(second))]).toEqual([5, 0x31, 1]);
  second.close();
  // The server may be told of it later than the page: until then a key is still the second one's.
  const next = nextMessage(first);
  const pressing = setInterval(() => server.padKey(0x32, true), 10);
  expect([...(await next.finally(() => clearInterval(pressing)))]).toEqual([5, 0x32, 1]);
});

test('a key without a page is nobody’s', async () => {
  server.padKey(0x31, true);
  const page = await openPage();
  server.padKey(0x32, true);
  expect([...(await nextMessage(page))]).toEqual([5, 0x32, 1]);
});
