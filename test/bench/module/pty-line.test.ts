import { existsSync, readdirSync, readlinkSync } from 'node:fs';
import { dirname } from 'node:path';
import { SerialPort } from 'serialport';
import { afterEach, expect, test } from 'vitest';
import { openPty, type PtyLine } from '../../../src/bench/module/pty-line.ts';

const everyByte = Uint8Array.from({ length: 256 }, (_, value) => value);

let line: PtyLine | undefined;
let port: SerialPort | undefined;

afterEach(async () => {
  if (port?.isOpen) await new Promise((resolve) => port?.close(resolve));
  await line?.close();
  port = undefined;
  line = undefined;
});

function openPort(path: string): Promise<SerialPort> {
  return new Promise((resolve, reject) => {
    const opened = new SerialPort({ path, baudRate: 115_200, dataBits: 8, stopBits: 2, parity: 'none' }, (error) =>
      error ? reject(error) : resolve(opened),
    );
  });
}

/** Resolves when as many bytes as expected have come. */
function collected(length: number, subscribe: (take: (bytes: Uint8Array) => void) => void): Promise<Buffer> {
  return new Promise((resolve) => {
    let all = Buffer.alloc(0);
    subscribe((bytes) => {
      all = Buffer.concat([all, bytes]);
      if (all.length >= length) resolve(all);
    });
  });
}

/** Terminals that this process holds open. */
function openTerminals(): string[] {
  return readdirSync('/proc/self/fd')
    .map((fd) => {
      try {
        return readlinkSync(`/proc/self/fd/${fd}`);
      } catch {
        return '';
      }
    })
    .filter((target) => target.startsWith('/dev/pts/') || target === '/dev/ptmx');
}

test('every byte value passes unchanged, both ways', async () => {
  line = await openPty();
  port = await openPort(line.path);
  const atPeer = collected(256, (take) => line?.peer.onBytes(take));
  const atHost = collected(256, (take) => port?.on('data', take));
  port.write(Buffer.from(everyByte));
  expect(await atPeer).toEqual(Buffer.from(everyByte));
  line.peer.write(everyByte);
  expect(await atHost).toEqual(Buffer.from(everyByte));
});

test('64 kB pass unchanged, both ways', async () => {
  line = await openPty();
  port = await openPort(line.path);
  const bulk = Buffer.from(Array.from({ length: 65_536 }, (_, index) => (index * 31 + (index >> 8)) & 0xff));
  const atPeer = collected(bulk.length, (take) => line?.peer.onBytes(take));
  const atHost = collected(bulk.length, (take) => port?.on('data', take));
  port.write(bulk);
  expect((await atPeer).equals(bulk)).toBe(true);
  for (let at = 0; at < bulk.length; at += 1024) {
    line.peer.write(bulk.subarray(at, at + 1024));
    await new Promise((resolve) => port?.once('data', resolve));
  }
  expect((await atHost).equals(bulk)).toBe(true);
});

test('a host that does not read loses bytes and never holds up the bench', async () => {
  line = await openPty();
  for (let written = 0; written < 100; written++) line.peer.write(new Uint8Array(1000));
  port = await openPort(line.path);
  const atPeer = collected(1, (take) => line?.peer.onBytes(take));
  port.write(Buffer.of(7));
  expect(await atPeer).toEqual(Buffer.of(7));
});

test('pulling the cable hangs up the host, and the same path works again after plugging in', async () => {
  line = await openPty();
  const { path } = line;
  port = await openPort(path);
  port.resume();
  const hangUp = new Promise<{ disconnected?: boolean } | null>((resolve) => port?.once('close', resolve));
  await line.unplug();
  expect((await hangUp)?.disconnected).toBe(true);
  await expect(openPort(path)).rejects.toThrow();

  await line.plugIn();
  port = await openPort(path);
  const atPeer = collected(3, (take) => line?.peer.onBytes(take));
  port.write(Buffer.from('abc'));
  expect((await atPeer).toString()).toBe('abc');
});

test('closing leaves no terminal, no link and no folder', async () => {
  const before = openTerminals();
  const closing = await openPty();
  expect(openTerminals().length).toBeGreaterThan(before.length);
  await closing.close();
  await closing.close();
  expect(openTerminals()).toEqual(before);
  expect(existsSync(dirname(closing.path))).toBe(false);
});
