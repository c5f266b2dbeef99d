import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createExchange, type Exchange, type Outcome } from '../../../../src/card/module/ccid/exchange.ts';
import { gemDialect } from '../../../../src/card/module/ccid/gem-dialect.ts';
import type { SlotNews } from '../../../../src/card/module/module-link.ts';
import { createSimulatedClock } from '../../../simulated-clock.ts';
import { createFakeLine } from '../../fake-line.ts';
import { bytes, gem, hex } from '../../hex.ts';

const STATUS_0 = '03 06 65 00 00 00 00 00 00 00 00 00 60';
const TRANSFER_0 = '03 06 6F 01 00 00 00 00 00 00 00 00 AA C1';

let clock = createSimulatedClock();
let fake = createFakeLine();
let news: SlotNews[] = [];
let dead: string[] = [];
let exchange: Exchange;
let outcome: Outcome | undefined;

beforeEach(() => {
  clock = createSimulatedClock();
  fake = createFakeLine();
  news = [];
  dead = [];
  outcome = undefined;
  exchange = createExchange({
    line: fake.line,
    dialect: gemDialect,
    clock,
    onNews: (item) => news.push(item),
    onDead: (code) => dead.push(code),
  });
});

afterEach(() => fake.hangUp());

/** Gives a one-byte block to the card and lets the frame leave. */
async function transfer(timeoutMs = 1_000): Promise<void> {
  void exchange.command({ command: 'xfrBlock', slot: 0, data: bytes('AA') }, timeoutMs).then((result) => {
    outcome = result;
  });
  await clock.advance(0);
}

async function receive(...parts: readonly Uint8Array[]): Promise<void> {
  for (const part of parts) fake.receive(part);
  await clock.advance(0);
}

const answered = (data: string) => ({ at: 'answered', answer: { data: bytes(data), outcome: 'done', card: 'active' } });
const answer = (seq: string, data = 'BB') => gem(`80 01 00 00 00 00 ${seq} 00 00 00 ${data}`);
const status = (seq: string) => gem(`81 00 00 00 00 00 ${seq} 00 00 00`);

test('a command and its answer, byte for byte', async () => {
  await transfer();
  expect(fake.sent).toEqual([TRANSFER_0]);
  await receive(answer('00'));
  expect(outcome).toMatchObject(answered('BB'));
  expect(news).toEqual([{ slot: 0, card: 'active', told: false }]);
});

test('a Twin repeats the command first', async () => {
  await transfer();
  await receive(bytes(TRANSFER_0), answer('00'));
  expect(outcome).toMatchObject(answered('BB'));
});

test('the frame is wiped when the exchange has ended', async () => {
  await transfer();
  await receive(answer('00'));
  for (const buffer of fake.takeBuffers()) expect(hex(buffer)).toMatch(/^(00 ?)+$/);
});

test('sequence numbers rise and start again after 255', async () => {
  for (let seq = 0; seq <= 256; seq++) {
    await transfer();
    await receive(answer((seq & 0xff).toString(16).padStart(2, '0')));
  }
  expect(fake.sent.map((frame) => frame.split(' ')[8]).slice(254)).toEqual(['FE', 'FF', '00']);
});

test.each([
  ['an answer to an earlier command', answer('FF', 'CC')],
  ['an answer of another type', status('00')],
  ['an answer of another slot', gem('80 01 00 00 00 01 00 00 00 00 CC')],
  ['noise', bytes('00 55')],
  ['noise like the beginning of a frame', bytes('03')],
  ['noise of FF', bytes('FF FF FF')],
])('%s before the answer is dropped', async (_name, before) => {
  await transfer();
  await receive(before, answer('00'));
  await clock.advance(200);
  expect(outcome).toMatchObject(answered('BB'));
});

test('a doubled answer does not become the next command’s', async () => {
  await transfer();
  await receive(answer('00'), answer('00'));
  await transfer();
  expect(outcome).toMatchObject(answered('BB'));
  outcome = undefined;
  await receive(answer('01', 'CC'));
  expect(outcome).toMatchObject(answered('CC'));
});

describe('NAK', () => {
  test('the same frame is sent again, with the same sequence number', async () => {
    await transfer();
    await receive(bytes('03 15 16'));
    await receive(answer('00'));
    expect(fake.sent).toEqual([TRANSFER_0, TRANSFER_0]);
    expect(outcome).toMatchObject(answered('BB'));
  });

  test('after three resends the module is asked whether it is in step', async () => {
    await transfer();
    for (let refusals = 0; refusals < 4; refusals++) await receive(bytes('03 15 16'));
    expect(fake.sent.slice(0, 4)).toEqual([TRANSFER_0, TRANSFER_0, TRANSFER_0, TRANSFER_0]);
    expect(fake.sent[4]).toMatch(/^03 06 65/);
    await receive(status('01'));
    expect(outcome).toEqual({ at: 'lost' });
  });
});

describe('an answer that does not come', () => {
  test('the command is not sent again; the module is asked with a new sequence number', async () => {
    await transfer(1_000);
    await clock.advance(999);
    expect(fake.sent).toHaveLength(1);
    await clock.advance(1);
    expect(fake.sent).toEqual([TRANSFER_0, '03 06 65 00 00 00 00 00 01 00 00 00 61']);
    await receive(answer('00'), status('01'));
    expect(outcome).toEqual({ at: 'lost' });
    expect(dead).toEqual([]);
  });

  test('a module that answers nothing at all is lost after three questions', async () => {
    await transfer(1_000);
    await clock.advance(1_000 + 3 * 300);
    expect(outcome).toEqual({ at: 'dead', code: 'MOD-201' });
    expect(dead).toEqual(['MOD-201']);
    expect(fake.sent).toHaveLength(4);
  });

  test('a module that answers in another protocol is told apart', async () => {
    await transfer(1_000);
    await clock.advance(1_000);
    await receive(bytes('00 00 FF 00 FF 00'));
    await clock.advance(3 * 300);
    expect(outcome).toEqual({ at: 'dead', code: 'MOD-203' });
  });

  test('a dead line takes no more commands', async () => {
    fake.hangUp();
    await transfer();
    expect(outcome).toEqual({ at: 'dead', code: 'MOD-202' });
    expect(fake.sent).toEqual([]);
  });

  test('a hang-up ends a command at once', async () => {
    await transfer();
    fake.hangUp();
    await clock.advance(0);
    expect(outcome).toEqual({ at: 'dead', code: 'MOD-202' });
    expect(dead).toEqual(['MOD-202']);
  });
});

describe('a damaged answer is never accepted, and is not waited for either', () => {
  test('wrong check byte', async () => {
    await transfer();
    const damaged = answer('00');
    damaged[damaged.length - 1] = (damaged.at(-1) ?? 0) ^ 0xff;
    await receive(damaged);
    await receive(status('01'));
    expect(outcome).toEqual({ at: 'lost' });
  });

  test('dropped bytes: after the inter-byte time', async () => {
    await transfer();
    await receive(answer('00').subarray(0, -2));
    await clock.advance(149);
    expect(fake.sent).toHaveLength(1);
    await clock.advance(1);
    expect(fake.sent).toHaveLength(2);
    await receive(status('01'));
    expect(outcome).toEqual({ at: 'lost' });
  });

  test('a pause inside a frame shorter than that is none', async () => {
    await transfer();
    await receive(answer('00').subarray(0, 5));
    await clock.advance(140);
    await receive(answer('00').subarray(5));
    expect(outcome).toMatchObject(answered('BB'));
  });
});

describe('more time', () => {
  test('a time extension prolongs by what it says', async () => {
    await transfer(1_000);
    await clock.advance(900);
    await receive(gem('80 00 00 00 00 00 00 80 03 00'));
    await clock.advance(2_900);
    expect(fake.sent).toHaveLength(1);
    await receive(answer('00'));
    expect(outcome).toMatchObject(answered('BB'));
  });

  test('a lone byte of 80 or more prolongs', async () => {
    await transfer(1_000);
    for (let requests = 0; requests < 3; requests++) {
      await clock.advance(900);
      await receive(bytes('C8'));
    }
    await receive(answer('00'));
    expect(outcome).toMatchObject(answered('BB'));
  });

  test('all prolongations together are bounded by 30 s', async () => {
    await transfer(1_000);
    for (let requests = 0; requests < 400 && fake.sent.length === 1; requests++) {
      await clock.advance(100);
      await receive(bytes('80'));
    }
    expect(fake.sent).toHaveLength(2);
    expect(clock.now()).toBe(30_000);
  });
});

test('card movements are told while a command waits, and while none does', async () => {
  await receive(bytes('50 03'));
  await transfer();
  await receive(bytes(TRANSFER_0), bytes('50 02'));
  expect(news).toEqual([
    { slot: 0, card: 'present', told: true },
    { slot: 0, card: 'absent', told: true },
  ]);
});

test('a failed transfer says absent, but "inactive" is not taken for an exchanged card', async () => {
  await transfer();
  await receive(gem('80 00 00 00 00 00 00 41 FE 00'));
  expect(outcome).toMatchObject({ at: 'answered', answer: { outcome: 'failed', error: 0xfe } });
  await transfer();
  await receive(gem('80 00 00 00 00 00 01 42 FE 00'));
  expect(news).toEqual([{ slot: 0, card: 'absent', told: false }]);
});

test('GetSlotStatus as the first command', async () => {
  void exchange.command({ command: 'getSlotStatus', slot: 0 }, 300);
  await clock.advance(0);
  expect(fake.sent).toEqual([STATUS_0]);
});
