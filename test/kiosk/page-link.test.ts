import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { WebSocket } from 'ws';
import { parsePageBytes, parsePageMessage } from '../../src/kiosk/page-message.ts';
import { createKioskServer, type KioskServer } from '../../src/kiosk/server.ts';
import { eventually } from '../eventually.ts';
import { closed, cookieFrom, nextMessage, openSocket } from './local-client.ts';
import { ScriptedSource } from './scripted-source.ts';

const nonce = '00112233445566778899aabbccddeeff';
const jpegBytes = Buffer.from('ffd8ffe000104a464946', 'hex');
const frame = Buffer.concat([Buffer.of(0x01), Buffer.from(nonce, 'hex'), jpegBytes]);

let source: ScriptedSource;
let server: KioskServer;
let cookie: string;

beforeEach(async () => {
  source = new ScriptedSource();
  server = await createKioskServer({
    random: (length) => randomBytes(length),
    pageDir: join(import.meta.dirname, '../../src/kiosk/ui'),
    bootToken: { value: 'boot', uses: 'many' },
    source,
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

/** Everything sent before this has been looked at. */
async function settled(socket: WebSocket): Promise<void> {
  const pong = new Promise((resolve) => socket.once('pong', resolve));
  socket.ping();
  await pong;
}

const say = (socket: WebSocket, message: unknown) => socket.send(JSON.stringify(message));

describe('snapshots', () => {
  test('the present one comes at once, and another after every change', async () => {
    const opened = await openSocket(`${server.origin.replace('http', 'ws')}/link`, { cookie, origin: server.origin });
    if (!('socket' in opened)) throw new Error('refused');
    const first = JSON.parse(String(await nextMessage(opened.socket)));
    expect(first).toEqual({ ...source.snapshot() });
    const next = nextMessage(opened.socket);
    source.show({ at: 'reading' });
    expect(JSON.parse(String(await next))).toMatchObject({ revision: 2, screen: { at: 'reading' } });
  });

  test('preview pictures come as 03 and the JPEG', async () => {
    const socket = await openPage();
    const next = nextMessage(socket);
    source.preview(jpegBytes);
    expect(await next).toEqual(Buffer.concat([Buffer.of(0x03), jpegBytes]));
  });

  test('a page that has gone is listened to no more', async () => {
    const before = source.watchers;
    const socket = await openPage();
    expect(source.watchers).toBe(before + 2);
    socket.terminate();
    await eventually(() => expect(source.watchers).toBe(before));
  });
});

describe('beats', () => {
  const linkUrl = (key: string) => `${server.origin.replace('http', 'ws')}/link?page=${key}`;

  test('go to the page that is watched, whose answers and end are told; and to no other', async () => {
    const told: string[] = [];
    await server.close();
    server = await createKioskServer({
      random: (length) => randomBytes(length),
      pageDir: join(import.meta.dirname, '../../src/kiosk/ui'),
      bootToken: { value: 'boot', uses: 'many' },
      source,
      watch: {
        start: () => () => {},
        join(key, sendBeat) {
          if (key !== 'own') return undefined;
          sendBeat(7);
          return { answered: (beat) => told.push(`answered ${beat}`), left: () => told.push('left') };
        },
      },
    });
    const asked = { cookie: await cookieFrom(server.bootUrl), origin: server.origin };
    const [own, other] = [await openSocket(linkUrl('own'), asked), await openSocket(linkUrl('else'), asked)];
    if (!('socket' in own) || !('socket' in other)) throw new Error('refused');
    await nextMessage(own.socket);
    expect(await nextMessage(own.socket)).toEqual(Buffer.of(0x04, 7));
    own.socket.send(Buffer.of(0x04, 7));
    other.socket.send(Buffer.of(0x04, 9));
    await settled(own.socket);
    await settled(other.socket);
    own.socket.terminate();
    await eventually(() => expect(told).toEqual(['answered 7', 'left']));
  });
});

describe('what the page says', () => {
  test('reaches the reader: intents, keys, pictures, a lost camera', async () => {
    const socket = await openPage();
    say(socket, {
      type: 'intent',
      revision: 1,
      intent: { type: 'answer', answer: { to: 'consent', items: ['medicines', 'surgery'] } },
    });
    socket.send(Buffer.of(0x02, 0x37));
    socket.send(Buffer.of(0x02, 0x08));
    socket.send(frame);
    say(socket, { type: 'camera-failed', nonce });
    await settled(socket);
    expect(source.heard).toEqual([
      { type: 'intent', intent: { type: 'answer', answer: { to: 'consent', items: ['medicines', 'surgery'] } }, revision: 1 },
      { type: 'key', key: 0x37 },
      { type: 'key', key: 0x08 },
      { type: 'frame', nonce, jpeg: Uint8Array.from(jpegBytes) },
      { type: 'camera-failed', nonce },
    ]);
  });

  test('a touch meant for an earlier screen does not act on a later one', async () => {
    const socket = await openPage();
    source.show({ at: 'warning-last-try', face: 'open', visual: true });
    source.show({ at: 'entering-pin', triesLeft: 1, digits: 4, rejected: false, face: 'open', visual: true });
    say(socket, { type: 'intent', revision: 2, intent: { type: 'continue' } });
    await settled(socket);
    expect(source.heard).toEqual([]);
  });

  test('a touch given while only the digits were counted still stands', async () => {
    const socket = await openPage();
    const pin = { at: 'entering-pin', triesLeft: 3, rejected: false, face: 'open', visual: true } as const;
    source.show({ ...pin, digits: 3 });
    source.show({ ...pin, digits: 4 });
    say(socket, { type: 'intent', revision: 2, intent: { type: 'stop' } });
    await settled(socket);
    expect(source.heard).toHaveLength(1);
  });

  test('a revision that was never shown is ignored', async () => {
    const socket = await openPage();
    say(socket, { type: 'intent', revision: 99, intent: { type: 'stop' } });
    await settled(socket);
    expect(source.heard).toEqual([]);
  });

  test('the chunks that brought a PIN key and a picture are wiped', async () => {
    const chunks: Buffer[] = [];
    const fill = vi.spyOn(Buffer.prototype, 'fill').mockImplementation(function (this: Buffer, value) {
      chunks.push(this);
      return Uint8Array.prototype.fill.call(this, Number(value)) as Buffer;
    });
    const socket = await openPage();
    socket.send(Buffer.of(0x02, 0x39));
    socket.send(frame);
    await settled(socket);
    fill.mockRestore();
    expect(source.heard).toEqual([
      { type: 'key', key: 0x39 },
      { type: 'frame', nonce, jpeg: Uint8Array.from(jpegBytes) },
    ]);
    for (const length of [2, frame.length]) {
      expect(chunks.filter((chunk) => chunk.length === length && chunk.every((byte) => byte === 0))).toHaveLength(1);
    }
  });
});

const malformed: readonly (string | Buffer)[] = [
  '',
  '{',
  'null',
  '[]',
  '{"type":"intent"}',
  '{"type":"intent","revision":1,"intent":{"type":"accept"}}',
  '{"type":"intent","revision":1.5,"intent":{"type":"stop"}}',
  '{"type":"intent","revision":1,"intent":{"type":"stop","too":"much"}}',
  '{"type":"intent","revision":1,"intent":{"type":"choose","method":"staff"}}',
  '{"type":"intent","revision":1,"intent":{"type":"consent","items":["medicines","medicines"]}}',
  '{"type":"camera-failed","nonce":"../../x"}',
  Buffer.of(),
  Buffer.of(0x02),
  Buffer.of(0x02, 0x2f),
  Buffer.of(0x02, 0x3a),
  Buffer.of(0x02, 0x31, 0x32),
  Buffer.of(0x01),
  Buffer.of(0x04),
  Buffer.of(0x04, 0x01, 0x02),
  frame.subarray(0, 18),
  Buffer.concat([frame.subarray(0, 17), Buffer.from('not a jpeg')]),
  Buffer.of(0x03, 0xff, 0xd8),
];

describe('malformed messages', () => {
  test.each(malformed)('%o closes the link with a reason and changes nothing', async (message) => {
    const socket = await openPage();
    const end = closed(socket);
    socket.send(message);
    expect(await end).toEqual({ code: 1008, reason: 'malformed message' });
    expect(source.heard).toEqual([]);
  });

  test('more than 2 MB closes the link', async () => {
    const socket = await openPage();
    const end = closed(socket);
    socket.send(Buffer.alloc(2 * 1024 * 1024 + 1));
    expect((await end).code).toBe(1009);
    expect(source.heard).toEqual([]);
  });

  test('a broken frame of the protocol itself closes the link, and the server goes on', async () => {
    const socket = await openPage();
    const end = closed(socket);
    const { _socket: line } = socket as unknown as { _socket: { write(bytes: Buffer): void } };
    line.write(Buffer.from('ffffffffffff', 'hex'));
    expect((await end).code).not.toBe(1000);
    expect((await openPage()).readyState).toBe(1);
  });

  test('of any kind are told from messages, and never throw', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        expect(parsePageMessage(text)).toBeUndefined();
      }),
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        const message = parsePageBytes(bytes);
        if (message?.type === 'pin-key') expect([0x02, message.key]).toEqual([...bytes]);
        if (message?.type === 'beat') expect([0x04, message.beat]).toEqual([...bytes]);
        if (message?.type === 'camera-frame') expect([...message.jpeg.subarray(0, 2)]).toEqual([0xff, 0xd8]);
      }),
    );
  });

  test('sent over the wire at random never change what the reader shows or hears', async () => {
    const before = source.snapshot();
    const messages = fc.sample(fc.oneof(fc.uint8Array({ maxLength: 300 }), fc.string({ maxLength: 300 })), {
      numRuns: 150,
      seed: 6,
    });
    let socket = await openPage();
    for (const message of messages) {
      const real = typeof message === 'string' ? parsePageMessage(message) : parsePageBytes(message);
      if (real) continue;
      const end = closed(socket);
      socket.send(message);
      expect((await end).code).toBe(1008);
      socket = await openPage();
    }
    expect(source.heard).toEqual([]);
    expect(source.snapshot()).toBe(before);
  });
});
