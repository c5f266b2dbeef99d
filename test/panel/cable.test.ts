import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { openPty, type PtyLine } from '../../src/bench/module/pty-line.ts';
import { openCable } from '../../src/panel/cable.ts';

const baudRate = 57_600;
const soon = { timeout: 20_000, interval: 5 };

let line: PtyLine;
beforeEach(async () => {
  line = await openPty();
});
afterEach(() => line.close());

/** The cable, what it has told by now, and the bytes of it as they were and as they are. */
async function open() {
  const opened = await openCable(line.path, baudRate);
  if (!opened.ok) throw new Error(opened.fault.detail);
  const cable = opened.value;
  const told: string[] = [];
  const came: number[] = [];
  const chunks: Uint8Array[] = [];
  cable.on('open', () => told.push('open'));
  cable.on('close', () => told.push('close'));
  cable.on('error', ({ message }: Error) => told.push(message));
  cable.on('data', (bytes: Buffer) => {
    came.push(...bytes);
    chunks.push(bytes);
  });
  return { cable, told, came, chunks };
}

test('bytes go both ways, and what has come is wiped once it was read', async () => {
  const { cable, told, came, chunks } = await open();
  const heard: number[] = [];
  line.peer.onBytes((bytes) => heard.push(...bytes));
  // Before anybody listens: they wait in the line.
  line.peer.write(Uint8Array.of(1, 2, 3));
  cable.start();
  cable.write(Uint8Array.of(0, 0x0d, 0x11, 0xff));
  await vi.waitFor(
    () =>
      expect([came, heard]).toEqual([
        [1, 2, 3],
        [0, 0x0d, 0x11, 0xff],
      ]),
    soon,
  );
  expect(chunks.flatMap((bytes) => [...bytes])).toEqual([0, 0, 0]);
  expect(told).toEqual(['open']);
});

describe('a pulled cable is told of once, as its end', () => {
  test('when it is waited on', async () => {
    const { cable, told } = await open();
    cable.start();
    await line.unplug();
    await vi.waitFor(() => expect(told).toEqual(['open', 'close']), soon);
    cable.write(Uint8Array.of(1));
    expect(told).toEqual(['open', 'close']);
  });

  test('when a write finds it so', async () => {
    const { cable, told } = await open();
    await line.unplug();
    cable.write(Uint8Array.of(1));
    expect(told).toEqual(['close']);
    cable.start();
    await line.plugIn();
    expect(told).toEqual(['close', 'open']);
  });
});

test('a line that takes no bytes holds nobody up, and says so', async () => {
  const { cable, told } = await open();
  cable.write(new Uint8Array(100_000));
  expect(told).toEqual(['the line takes no bytes']);
});

describe('cannot be opened', () => {
  const reasonOf = async (path: string) => {
    const opened = await openCable(path, baudRate);
    return opened.ok ? opened : opened.fault;
  };

  test('where there is none', async () => {
    const detail = expect.stringContaining('No such file');
    expect(await reasonOf(`${line.path}-other`)).toEqual({ code: 'PANEL-251', detail });
  });

  test('where somebody else has it', async () => {
    await open();
    expect(await reasonOf(line.path)).toMatchObject({ code: 'PANEL-251' });
  });

  test('where there is no terminal', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'kazasu-cable-'));
    const file = join(folder, 'file');
    writeFileSync(file, '');
    expect(await reasonOf(file)).toMatchObject({ code: 'PANEL-251' });
    rmSync(folder, { recursive: true });
  });
});
