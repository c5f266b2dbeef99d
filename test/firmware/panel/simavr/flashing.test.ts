import { spawn } from 'node:child_process';
import { afterEach, describe, expect, test } from 'vitest';
import { build } from '../../../../firmware/panel/build.ts';
import { checkPanel } from '../../../../firmware/panel/check.ts';
import { flashPanel } from '../../../../firmware/panel/flash.ts';
import { openPty } from '../../../../src/bench/module/pty-line.ts';
import { type Board, openBoard } from './board.ts';
import { openHostLine } from './host-line.ts';

const baudRate = 57_600;
const { hex, buildId } = build('panel', 'build/panel');
/** Some 156 bytes are answered before the first page is written, and four for each of the 44 pages. */
const HALF_WAY_BYTES = 240;
let board: Board | undefined;
afterEach(() => board?.close());

/** The bootloader listens for one second: whoever is kept waiting for a processor for so long comes too late. */
const inTime = { timeout: 180_000, retry: 2 };

describe('a board is flashed by avrdude through its bootloader', inTime, () => {
  test('written, read back, and then it runs what was written', async () => {
    board = await openBoard();
    expect(await flashPanel({ port: board.port, hex, baudRate })).toEqual({ ok: true });
    const checked = await checkPanel(board.port, baudRate);
    expect(checked).toMatchObject({ ok: true, report: { buildId, resets: ['reset line'], lostBytes: 0, unsent: 0 } });
  });

  test('a cable pulled half way leaves no half program: it is flashed once more and runs', async () => {
    board = await openBoard({ program: hex });
    await board.tell(`unplug after ${HALF_WAY_BYTES}`);
    const programmer = spawn('avrdude', [
      '-q',
      '-c',
      'arduino',
      '-p',
      'm328p',
      '-P',
      board.port,
      '-b',
      `${baudRate}`,
      '-D',
      '-U',
      `flash:w:${hex}:i`,
    ]);
    await board.heard((what) => what === 'unplugged');
    programmer.kill();
    await board.tell('plug');

    expect(await checkPanel(board.port, baudRate)).toMatchObject({ ok: false });
    expect(await flashPanel({ port: board.port, hex, baudRate })).toEqual({ ok: true });
    expect(await checkPanel(board.port, baudRate)).toMatchObject({ ok: true, report: { buildId } });
  });

  test('whoever opens the port and says nothing gets the program after a second', async () => {
    board = await openBoard({ program: hex });
    const line = await openHostLine(board.port);
    await line.came([0xf9, 2, 6]);
    const reset = board.lines().findLast(({ what }) => what === 'reset LINE')?.simulatedUs ?? Number.NaN;
    const first = await board.heard((what) => what === 'sent f9');
    expect(first.simulatedUs - reset).toBeGreaterThan(950_000);
    expect(first.simulatedUs - reset).toBeLessThan(1_100_000);
    await line.close();
  });
});

describe('the bootloader', inTime, () => {
  test('never writes over itself, and leaves for the program when nobody programs', async () => {
    board = await openBoard({ program: hex });
    const line = await openHostLine(board.port);
    const [sync, end] = [0x30, 0x20];
    // As a programmer does: what is said before the bootloader listens is lost.
    const knocking = setInterval(() => void line.write([sync, end]).catch(() => {}), 100);
    await line.came([0x14, 0x10]).finally(() => clearInterval(knocking));
    const itself = 0x7c00 / 2;
    await line.write([0x55, itself & 0xff, itself >> 8, end]);
    await line.write([0x64, 0, 128, 'F'.charCodeAt(0), ...Array(128).fill(0), end]);
    await line.came([0x14, 0x11]);
    // What a reader says is no programmer: it does not keep the bootloader.
    for (let i = 0; i < 8; i++) await line.write([0xf0, 0x04, 0x20, 0x30, 0x7f, 0xf7]);
    await line.came([0xf9, 2, 6]);
    await line.close();
  });
});

describe('what goes wrong is told plainly', () => {
  test('a port that there is not', async () => {
    const flashed = await flashPanel({ port: '/dev/no-such-port', hex, baudRate });
    expect(flashed).toMatchObject({ ok: false, message: expect.stringContaining('/dev/no-such-port cannot be opened') });
  });

  test('a line at which nobody answers', { timeout: 180_000 }, async () => {
    const [first, second] = await Promise.all([openPty(), openPty()]);
    const [flashed, checked] = await Promise.all([
      flashPanel({ port: first.path, hex, baudRate }),
      checkPanel(second.path, baudRate),
    ]);
    expect(flashed).toMatchObject({ ok: false, message: expect.stringContaining('Nothing that can be programmed answers') });
    expect(checked).toMatchObject({ ok: false, message: expect.stringContaining('No panel answers') });
    await Promise.all([first.close(), second.close()]);
  });
});
