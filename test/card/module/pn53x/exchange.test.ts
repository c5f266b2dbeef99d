import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createExchange, type Exchange, type Outcome } from '../../../../src/card/module/pn53x/exchange.ts';
import { ACK, commandFrame } from '../../../../src/card/module/pn53x/frame.ts';
import { createSimulatedClock } from '../../../simulated-clock.ts';
import { createFakeLine } from '../../fake-line.ts';
import { bytes, hex } from '../../hex.ts';

/** InDataExchange with one byte, and the frames of its answers; written here from the layout in the manual. */
const EXCHANGE = '00 00 FF 04 FC D4 40 01 AA 41 00';
const NACK = '00 00 FF FF 00 00';
const ABORT = '00 00 FF 00 FF 00';
const answer = answerTo(0x40, '00 90 00');
const OTHER = answerTo(0x40, '00 6A 82');

let clock = createSimulatedClock();
let fake = createFakeLine();
let dead: string[] = [];
let exchange: Exchange;
let outcome: Outcome | undefined;

beforeEach(() => {
  clock = createSimulatedClock();
  fake = createFakeLine();
  dead = [];
  outcome = undefined;
  exchange = createExchange({ line: fake.line, clock, onNews: () => {}, onDead: (code) => dead.push(code) });
});

afterEach(() => fake.hangUp());

function answerTo(code: number, data: string): Uint8Array {
  const content = [0xd5, code + 1, ...bytes(data)];
  const check = -content.reduce((sum, byte) => sum + byte, 0);
  return Uint8Array.of(0x00, 0x00, 0xff, content.length, -content.length, ...content, check, 0x00);
}

async function send(answerMs = 1_000): Promise<void> {
  void exchange.command(0x40, [0x01, 0xaa], answerMs).then((result) => {
    outcome = result;
  });
  await clock.advance(0);
}

async function receive(...parts: readonly Uint8Array[]): Promise<void> {
  for (const part of parts) fake.receive(part);
  await clock.advance(0);
}

/** Answers the question that brings reader and module into step again. */
async function echo(): Promise<void> {
  const question = bytes(fake.sent.at(-1) ?? '');
  await receive(ACK, answerTo(0x00, hex(question.subarray(7, 10))));
}

const answered = (data: string) => ({ at: 'answered', data: bytes(data) });

test('a command, its ACK and its answer, byte for byte', async () => {
  await send();
  expect(fake.sent).toEqual([EXCHANGE]);
  await receive(ACK, answer);
  expect(outcome).toEqual(answered('00 90 00'));
});

test('the frame is wiped when the exchange has ended', async () => {
  await send();
  await receive(ACK, answer);
  for (const buffer of fake.takeBuffers()) expect(hex(buffer)).toMatch(/^(00 ?)+$/);
});

test.each([
  ['an answer that came before the ACK', OTHER, ACK],
  ['an answer to another command', ACK, answerTo(0x4a, '00')],
  ['a second ACK', ACK, ACK],
  ['a command, as a module that repeats it would send it', ACK, commandFrame(0x40, [0x01, 0xaa])],
  ['noise', bytes('00 55'), ACK],
  ['noise that looks like a frame', bytes('00 00 FF'), ACK],
] as const satisfies readonly (readonly [string, Uint8Array, Uint8Array])[])('%s is dropped', async (_name, first, second) => {
  await send();
  await receive(first, second, answer);
  await clock.advance(200);
  expect(outcome).toEqual(answered('00 90 00'));
});

test('noise that hides ACK and answer in what looks like a long frame costs a pause and nothing else', async () => {
  await send();
  await receive(bytes('00 00 FF 80 80'), ACK, answer);
  await clock.advance(149);
  expect(outcome).toBeUndefined();
  await clock.advance(1);
  expect(outcome).toEqual(answered('00 90 00'));
  expect(fake.sent).toEqual([EXCHANGE]);
});

test('a doubled answer does not become the next command’s', async () => {
  await send();
  await receive(ACK, OTHER, OTHER);
  await send();
  expect(outcome).toEqual(answered('00 6A 82'));
  outcome = undefined;
  await receive(ACK, answer);
  expect(outcome).toEqual(answered('00 90 00'));
});

describe('a damaged answer is asked for again, which executes nothing', () => {
  const damaged = answer.map((byte, index) => (index === answer.length - 2 ? byte ^ 1 : byte));

  test('after the line is quiet', async () => {
    await send();
    await receive(ACK, damaged);
    await clock.advance(149);
    expect(fake.sent).toEqual([EXCHANGE]);
    await clock.advance(1);
    expect(fake.sent).toEqual([EXCHANGE, NACK]);
    await receive(answer);
    expect(outcome).toEqual(answered('00 90 00'));
  });

  test('three times at most; then the module is asked whether it is in step', async () => {
    await send();
    await receive(ACK, damaged);
    for (let repeats = 0; repeats < 3; repeats++) {
      await clock.advance(150);
      await receive(damaged);
    }
    await clock.advance(150);
    expect(fake.sent.slice(0, 5)).toEqual([EXCHANGE, NACK, NACK, NACK, ABORT]);
    await echo();
    expect(outcome).toEqual({ at: 'lost' });
  });

  test('not where what is damaged is left of the answer before it: that one would come once more', async () => {
    await send();
    await receive(damaged.subarray(0, -1), ACK);
    await clock.advance(900);
    expect(fake.sent).toEqual([EXCHANGE]);
    await receive(answer);
    expect(outcome).toEqual(answered('00 90 00'));
  });

  test('not while the module may still be at work: noise is no answer', async () => {
    await send();
    await receive(ACK, bytes('00 55 FF 12'));
    await clock.advance(900);
    expect(fake.sent).toEqual([EXCHANGE]);
    await receive(answer);
    expect(outcome).toEqual(answered('00 90 00'));
  });
});

describe('an error frame says that nothing was done', () => {
  const error = bytes('00 00 FF 01 FF 7F 81 00');

  test('the same frame is sent again', async () => {
    await send();
    await receive(ACK, error);
    await receive(ACK, answer);
    expect(fake.sent).toEqual([EXCHANGE, EXCHANGE]);
    expect(outcome).toEqual(answered('00 90 00'));
  });

  test('three times at most', async () => {
    await send();
    for (let refusals = 0; refusals < 4; refusals++) await receive(ACK, error);
    expect(fake.sent.slice(0, 5)).toEqual([EXCHANGE, EXCHANGE, EXCHANGE, EXCHANGE, ABORT]);
    await echo();
    expect(outcome).toEqual({ at: 'lost' });
  });

  test('one that came before the ACK says nothing of this command', async () => {
    await send();
    await receive(error, ACK, answer);
    expect(fake.sent).toEqual([EXCHANGE]);
  });
});

describe('no answer', () => {
  test('the command is not sent again; it is ended, and a number asked for that was never asked for', async () => {
    await send(1_000);
    await receive(ACK);
    await clock.advance(1_025);
    expect(fake.sent).toEqual([EXCHANGE, ABORT, '00 00 FF 05 FB D4 00 00 00 01 2B 00']);
    await receive(answer, ACK, answerTo(0x00, '00 00 01'));
    expect(outcome).toEqual({ at: 'lost' });
    expect(dead).toEqual([]);
  });

  test('the number of an earlier question does not count', async () => {
    await send();
    await clock.advance(161);
    await receive(ACK, answerTo(0x00, '00 00 07'));
    expect(outcome).toBeUndefined();
    await clock.advance(0);
    expect(fake.sent.at(-2)).toMatch(/^55 55 00/);
    expect(fake.sent.at(-1)).toMatch(/D4 14 01/);
  });

  test('a module that has restarted is woken first', async () => {
    await send();
    await clock.advance(161 + 161);
    expect(fake.sent.slice(3)).toEqual([`55 55${' 00'.repeat(14)}`, '00 00 FF 03 FD D4 14 01 17 00']);
    await receive(ACK, answerTo(0x14, ''));
    await echo();
    expect(outcome).toEqual({ at: 'lost' });
  });

  test('a module that says nothing at all is lost within 700 ms', async () => {
    await send();
    await clock.advance(700);
    expect(outcome).toEqual({ at: 'dead', code: 'MOD-201' });
    expect(dead).toEqual(['MOD-201']);
  });

  test('one that never stops saying what cannot be understood is told apart, within 2 s', async () => {
    await send();
    for (let ms = 0; ms < 2_000; ms += 100) {
      await receive(bytes('50 03'));
      await clock.advance(100);
    }
    expect(outcome).toEqual({ at: 'dead', code: 'MOD-203' });
  });

  test('a hang-up ends a command at once, and a dead line takes no more', async () => {
    await send();
    fake.hangUp();
    await clock.advance(0);
    expect(outcome).toEqual({ at: 'dead', code: 'MOD-202' });
    await send();
    expect(outcome).toEqual({ at: 'dead', code: 'MOD-202' });
    expect(fake.sent).toEqual([EXCHANGE]);
  });
});

test('no module: given up within 350 ms', async () => {
  let awake: boolean | undefined;
  void exchange.wakeUp().then((result) => {
    awake = result;
  });
  await clock.advance(350);
  expect(awake).toBe(false);
  expect(dead).toEqual(['MOD-201']);
});
