import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { build } from '../../../../firmware/panel/build.ts';
import { percentile } from '../../../campaigns/statistics.ts';
import { say } from '../host.ts';
import { type Board, openBoard } from './board.ts';
import { type HostLine, nowUs, openHostLine } from './host-line.ts';

const [input, output] = [0, 1];
const spare = 12;
const down = (key: string) => [0xf0, 0x05, key.charCodeAt(0), 1, 0xf7];
const up = (key: string) => [0xf0, 0x05, key.charCodeAt(0), 0, 0xf7];

let board: Board;
let line: HostLine;

/** Opens the line and waits for the program behind the bootloader. */
async function plugIn(): Promise<HostLine> {
  const opened = await openHostLine(board.port);
  await opened.came([0xf9, 2, 6]);
  return opened;
}

beforeAll(async () => {
  board = await openBoard({ program: build('panel', 'build/panel').hex });
  line = await plugIn();
});
afterAll(async () => {
  await line?.close();
  await board?.close();
});

/**
 * Bounded is the time that the board's own clock has counted: no other load of this machine is in it. What the host's
 * clock says beside it is told, and measured with all of the reader's side by `npm run -s bench:panel`.
 */
function expectWithin(mostMs: number, what: string, times: readonly Times[]): void {
  const p95 = (of: keyof Times) =>
    percentile(
      times.map((one) => one[of] / 1_000),
      0.95,
    );
  console.log(
    `${what}, p95 of ${times.length}: ${p95('onBoard').toFixed(1)} ms, by the host's clock ${p95('atHost').toFixed(1)} ms`,
  );
  expect(p95('onBoard')).toBeLessThanOrEqual(mostMs);
}

/** In microseconds. */
type Times = { readonly onBoard: number; readonly atHost: number };

/** From the contact to the last byte of the event. */
async function pressAndHear(key: string): Promise<Times> {
  const [lines, bytes] = [board.count(), line.bytes().length];
  const pressed = await board.tell(`press ${key}`);
  const came = await line.came(down(key), bytes);
  const sent = await board.heard((what) => what === 'sent f7', lines);
  await board.tell(`release ${key}`);
  await line.came(up(key), bytes);
  return { onBoard: sent.simulatedUs - pressed.simulatedUs, atHost: came - pressed.hostUs };
}

/** From the first byte of the command at the board to the level of the pin. */
async function setAndSee(level: number): Promise<Times> {
  const [lines, written] = [board.count(), nowUs()];
  await line.write(say.levels(1, level << (spare - 8)));
  const came = await board.heard((what) => what.startsWith('came '), lines);
  const set = await board.heard((what) => what === `spare ${level}`, lines);
  return { onBoard: set.simulatedUs - came.simulatedUs, atHost: set.hostUs - written };
}

describe('over a real line, byte by byte', { timeout: 180_000 }, () => {
  test('the handshake of Firmata', async () => {
    await line.write([...say.version, ...say.firmware, ...say.capabilities, ...say.analogMapping]);
    await line.came([0xf0, 0x6a]);
    await line.write(say.echo(1, 2, 3));
    await line.came(say.echo(1, 2, 3));
  });

  test('from a key’s contact to its event: p95 within 20 ms', async () => {
    const times: Times[] = [];
    for (let i = 0; i < 60; i++) times.push(await pressAndHear('123456789*0#'.charAt(i % 12)));
    expectWithin(20, 'key to event', times);
  });

  test('from a command to its pin: p95 within 5 ms', async () => {
    await line.write(say.mode(spare, output));
    const times: Times[] = [];
    for (let i = 0; i < 100; i++) times.push(await setAndSee(1 - (i % 2)));
    expectWithin(5, 'command to pin', times);
    await line.write(say.mode(spare, input));
  });

  test('a host that closes and opens again finds the panel anew', async () => {
    const lines = board.count();
    await line.close();
    await board.heard((what) => what === 'host gone', lines);
    line = await plugIn();
    const bytes = line.bytes().length;
    await line.write(say.echo(7));
    await line.came(say.echo(7), bytes);
  });

  test('a pulled cable ends the line; put back, the panel answers as from power-on', async () => {
    await line.write(say.backlight(10));
    await board.tell('unplug');
    await line.ended;
    await board.tell('plug');
    line = await plugIn();
    await line.write(say.status);
    await line.came([0xf0, 0x06]);
    await board.tell('press 9');
    await line.came(down('9'));
  });
});
