import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { build } from '../../../../firmware/panel/build.ts';
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

/** Milliseconds below which so many per cent of the microseconds lie. */
function percentile(percent: number, us: readonly number[]): number {
  const sorted = us.toSorted((a, b) => a - b);
  return (sorted[Math.ceil((percent / 100) * sorted.length) - 1] ?? Number.NaN) / 1000;
}

const summary = (us: readonly number[]) => [50, 95, 100].map((percent) => percentile(percent, us).toFixed(1)).join(' / ');

/** Another round, three at most, when this machine was busy with something else: the best is what the panel can do. */
async function withinMs(mostMs: number, what: string, round: () => Promise<readonly number[]>): Promise<void> {
  let best = Number.POSITIVE_INFINITY;
  for (let rounds = 0; rounds < 3 && best > mostMs; rounds++) {
    const us = await round();
    console.log(`${what}, p50 / p95 / max of ${us.length}: ${summary(us)} ms`);
    best = Math.min(best, percentile(95, us));
  }
  expect(best).toBeLessThanOrEqual(mostMs);
}

/** From the contact to the last byte of the event, by the board's clock and by the host's. */
async function pressAndHear(key: string): Promise<{ readonly onBoard: number; readonly atHost: number }> {
  const [lines, bytes] = [board.count(), line.bytes().length];
  const pressed = await board.tell(`press ${key}`);
  const came = await line.came(down(key), bytes);
  const sent = await board.heard((what) => what === 'sent f7', lines);
  await board.tell(`release ${key}`);
  await line.came(up(key), bytes);
  return { onBoard: sent.simulatedUs - pressed.simulatedUs, atHost: came - pressed.hostUs };
}

describe('over a real line, byte by byte', { timeout: 180_000 }, () => {
  test('the handshake of Firmata', async () => {
    await line.write([...say.version, ...say.firmware, ...say.capabilities, ...say.analogMapping]);
    await line.came([0xf0, 0x6a]);
    await line.write(say.echo(1, 2, 3));
    await line.came(say.echo(1, 2, 3));
  });

  test('from a key’s contact to its event at the host: p95 within 20 ms', () =>
    withinMs(20, 'key to event', async () => {
      const us: number[] = [];
      for (let i = 0; i < 60; i++) {
        const { onBoard, atHost } = await pressAndHear('123456789*0#'.charAt(i % 12));
        expect(onBoard).toBeLessThan(10_000);
        us.push(atHost);
      }
      return us;
    }));

  test('from a command to its pin: p95 within 5 ms', async () => {
    await line.write(say.mode(spare, output));
    await withinMs(5, 'command to pin', async () => {
      const us: number[] = [];
      for (let i = 0; i < 100; i++) {
        const lines = board.count();
        const level = 1 - (i % 2);
        const written = nowUs();
        await line.write(say.levels(1, level << (spare - 8)));
        us.push((await board.heard((what) => what === `spare ${level}`, lines)).hostUs - written);
      }
      return us;
    });
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
