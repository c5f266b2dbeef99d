import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type BlockOutcome, createT1Host } from '../../../../src/card/module/t1/t1-host.ts';
import { createSimulatedClock } from '../../../simulated-clock.ts';
import { bytes, hex } from '../../hex.ts';

const LOST = { at: 'lost' } as const;
const DAMAGED = { at: 'damaged' } as const;

/** A block as bytes: NAD and LEN are added in front, the LRC behind. */
function block(pcb: number, inf = ''): BlockOutcome {
  const body = bytes(inf);
  const head = [0, pcb, body.length, ...body];
  return {
    at: 'bytes',
    bytes: Uint8Array.of(
      ...head,
      head.reduce((xor, byte) => xor ^ byte, 0),
    ),
  };
}

/** A host whose card gives these answers in turn; `sent` shows PCB and INF of what it was given. */
function hostWith(answers: readonly BlockOutcome[], ifsc = 32) {
  const sent: string[] = [];
  const waits: number[] = [];
  const clock = createSimulatedClock();
  const queue = [...answers];
  const host = createT1Host({
    clock,
    ifsc,
    async exchangeBlock(given, waitingTimes) {
      sent.push(`${hex(given.subarray(1, 2))} ${hex(given.subarray(3, -1))}`.trim());
      waits.push(waitingTimes);
      const answer = queue.shift();
      if (!answer) throw new Error('the host asks for more than this card has');
      return answer;
    },
  });
  return { host, sent, waits, clock };
}

const answer = (result: Awaited<ReturnType<ReturnType<typeof createT1Host>['transmit']>>) =>
  result.ok ? hex(result.value) : result.fault.code;

describe('one command', () => {
  test('goes out and is answered; sequence numbers alternate', async () => {
    const { host, sent } = hostWith([block(0x00, '90 00'), block(0x40, '6A 82')]);
    expect(answer(await host.transmit(bytes('00 A4 00 00')))).toBe('90 00');
    expect(answer(await host.transmit(bytes('00 B0 00 00')))).toBe('6A 82');
    expect(sent).toEqual(['00 00 A4 00 00', '40 00 B0 00 00']);
  });

  test('is chained when the card takes less at once, and so is its answer', async () => {
    const { host, sent } = hostWith([block(0x90), block(0x80), block(0x20, '01 02'), block(0x40, '90 00')], 3);
    expect(answer(await host.transmit(bytes('00 A4 04 0C 02 AA BB')))).toBe('01 02 90 00');
    expect(sent).toEqual(['20 00 A4 04', '60 0C 02 AA', '00 BB', '90']);
  });

  test('waits longer when the card asks for it', async () => {
    const { host, sent, waits } = hostWith([block(0xc3, '05'), block(0x00, '90 00')]);
    expect(answer(await host.transmit(bytes('00 A4')))).toBe('90 00');
    expect(sent).toEqual(['00 00 A4', 'E3 05']);
    expect(waits).toEqual([1, 5]);
  });

  test('takes smaller blocks when the card asks for it', async () => {
    const { host, sent } = hostWith([block(0xc1, '02'), block(0x90), block(0x00, '90 00'), block(0x90), block(0x40, '90 00')], 3);
    await host.transmit(bytes('00 A4 04 0C'));
    await host.transmit(bytes('00 B0 00'));
    expect(sent).toEqual(['20 00 A4 04', 'E1 02', '40 0C', '20 00 B0', '40 00']);
  });
});

test('S(IFS) is the first that is said to a card', async () => {
  const { host, sent } = hostWith([block(0xe1, 'FE')]);
  expect(await host.announceBlockSize()).toEqual({ ok: true });
  expect(sent).toEqual(['C1 FE']);
});

describe('a damaged answer', () => {
  test('is asked for again with R(EDC); the command is not sent again', async () => {
    const { host, sent } = hostWith([DAMAGED, block(0x00, '90 00')]);
    expect(answer(await host.transmit(bytes('00 A4')))).toBe('90 00');
    expect(sent).toEqual(['00 00 A4', '81']);
  });

  test('a block whose LRC is wrong is one', async () => {
    const { host, sent } = hostWith([{ at: 'bytes', bytes: bytes('00 00 02 90 00 93') }, block(0x00, '90 00')]);
    expect(answer(await host.transmit(bytes('00 A4')))).toBe('90 00');
    expect(sent[1]).toBe('81');
  });

  test('in the middle of a chain is asked for again by its own number', async () => {
    const { host, sent } = hostWith([block(0x20, '01'), DAMAGED, block(0x40, '90 00')]);
    expect(answer(await host.transmit(bytes('00 A4')))).toBe('01 90 00');
    expect(sent).toEqual(['00 00 A4', '90', '91']);
  });

  test('is given up after three more tries, and the next command begins with RESYNCH', async () => {
    const { host, sent } = hostWith([DAMAGED, DAMAGED, DAMAGED, DAMAGED, block(0xe0), block(0xe1, 'FE'), block(0x00, '90 00')]);
    expect(answer(await host.transmit(bytes('00 A4')))).toBe('CARD-104');
    expect(answer(await host.transmit(bytes('00 A4')))).toBe('90 00');
    expect(sent).toEqual(['00 00 A4', '81', '81', '81', 'C0', 'C1 FE', '00 00 A4']);
  });

  test('a block with the number of the one before is not taken for the next', async () => {
    const { host } = hostWith([block(0x00, '90 00'), block(0x00, '63 C2'), block(0x40, '90 00')]);
    await host.transmit(bytes('00 A4'));
    expect(answer(await host.transmit(bytes('00 20')))).toBe('90 00');
  });
});

describe('a lost answer', () => {
  test('is asked for again: the card executes nothing twice', async () => {
    const { host, sent } = hostWith([LOST, block(0x00, '63 C2')]);
    expect(answer(await host.transmit(bytes('00 20')))).toBe('63 C2');
    expect(sent).toEqual(['00 00 20', '82']);
  });

  test('of a command that the card never had is the caller’s to decide on', async () => {
    const { host, sent } = hostWith([LOST, block(0x80)]);
    expect(answer(await host.transmit(bytes('00 20')))).toBe('CARD-104');
    expect(sent).toEqual(['00 00 20', '82']);
  });

  test('is asked for once: a card that is silent twice is mute, and so it is at RESYNCH', async () => {
    const { host, sent } = hostWith([LOST, LOST, LOST]);
    expect(answer(await host.transmit(bytes('00 20')))).toBe('CARD-104');
    expect(sent).toEqual(['00 00 20', '82']);
    expect(answer(await host.transmit(bytes('00 A4')))).toBe('CARD-104');
    expect(sent.slice(2)).toEqual(['C0']);
  });

  test('the same when the card’s word for it came damaged once', async () => {
    const { host, sent } = hostWith([LOST, DAMAGED, block(0x80)]);
    expect(answer(await host.transmit(bytes('00 20')))).toBe('CARD-104');
    expect(sent.filter((each) => each.startsWith('00'))).toEqual(['00 00 20']);
  });
});

test('a block that the card itself had damaged is sent again, at most three times', async () => {
  const { host, sent } = hostWith([block(0x81), block(0x00, '90 00')]);
  expect(answer(await host.transmit(bytes('00 A4')))).toBe('90 00');
  expect(sent).toEqual(['00 00 A4', '00 00 A4']);
  const stubborn = hostWith([block(0x81), block(0x81), block(0x81), block(0x81)]);
  expect(answer(await stubborn.host.transmit(bytes('00 A4')))).toBe('CARD-104');
  expect(stubborn.sent).toHaveLength(4);
});

test('a card that goes on asking for time is left after 30 s', async () => {
  const clock = createSimulatedClock();
  const exchangeBlock = async () => {
    await clock.advance(4_000);
    return block(0xc3, '01');
  };
  const host = createT1Host({ clock, ifsc: 32, exchangeBlock });
  expect(answer(await host.transmit(bytes('00 A4')))).toBe('CARD-104');
  expect(clock.now()).toBe(32_000);
});

test('a card that leaves ends the command with its own fault', async () => {
  const { host } = hostWith([{ at: 'over', fault: { code: 'CARD-101' } }]);
  expect(answer(await host.transmit(bytes('00 A4')))).toBe('CARD-101');
});

test('for all answers of a card: every command ends, without a throw', async () => {
  const anything: fc.Arbitrary<BlockOutcome> = fc.oneof(
    fc.constantFrom<BlockOutcome>(LOST, DAMAGED),
    fc.tuple(fc.nat(255), fc.uint8Array({ maxLength: 3 })).map(([pcb, inf]) => block(pcb, hex(inf))),
    fc.uint8Array({ maxLength: 8 }).map((any): BlockOutcome => ({ at: 'bytes', bytes: any })),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(anything, { maxLength: 12 }),
      fc.uint8Array({ minLength: 1, maxLength: 70 }),
      async (answers, command) => {
        let given = 0;
        const exchangeBlock = async () => answers[given++] ?? ({ at: 'over', fault: { code: 'CARD-101' } } as const);
        const result = await createT1Host({ clock: createSimulatedClock(), ifsc: 32, exchangeBlock }).transmit(command);
        expect(result.ok || result.fault.code === 'CARD-101' || result.fault.code === 'CARD-104').toBe(true);
      },
    ),
  );
});
