import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { createMuteCard, createTransitCard } from '../../../src/bench/card/other-cards.ts';
import { noStatistics, type VirtualCard } from '../../../src/bench/card/virtual-card.ts';
import { createMemoryLine } from '../../../src/bench/module/memory-line.ts';
import type { ModulePeer, ModulePeerOptions } from '../../../src/bench/module/module-peer.ts';
import { createPn532Peer } from '../../../src/bench/module/pn532/pn532-peer.ts';
import { bytes, hex, pieces } from '../../card/hex.ts';
import { createSimulatedClock, type SimulatedClock } from '../../simulated-clock.ts';
import { ACK, answerIn, createPn532Host, frame, NACK, SYNTAX_ERROR, WAKE_UP } from './pn532-host.ts';

const CHARACTER_MS = 10_000 / 115_200;
const LIST_B = '4A 01 03 00';
/** One try instead of for ever, as every host sets it before it looks for cards. */
const LOOK_ONCE = '32 05 FF 01 00';
const FWT_MS = 309.4;

let clock: SimulatedClock;
let cable: ReturnType<typeof createMemoryLine>;
let peer: ModulePeer;
let host: ReturnType<typeof createPn532Host>;

async function connect(options: Partial<ModulePeerOptions> = {}): Promise<void> {
  clock = createSimulatedClock();
  cable = createMemoryLine();
  peer = createPn532Peer({ wire: cable.peer, clock, ...options });
  const opened = await cable.open('memory', { baudRate: 115_200, dataBits: 8, parity: 'none', stopBits: 1 });
  if (!opened.ok) throw new Error('not opened');
  host = createPn532Host(opened.value, clock);
}

/** A card of Type B that answers each command APDU with `answer`. */
function cardOf(answer: (command: Uint8Array) => Uint8Array): VirtualCard & { powered: boolean } {
  return {
    statistics: noStatistics(),
    contactless: { kind: 'type-b', applicationData: bytes('00 00 05 E0'), protocolInfo: bytes('B3 81 A1') },
    powered: false,
    powerOn() {
      this.powered = true;
      return bytes('3B 00');
    },
    powerOff() {
      this.powered = false;
    },
    answer,
  };
}

const sayingOk = () => cardOf(() => bytes('90 00'));

async function list(card: VirtualCard): Promise<void> {
  peer.insert(card);
  expect(await host.command(LIST_B)).toMatch(/^4B 01 01 50/);
}

beforeEach(async () => {
  await connect();
  await host.wake();
});

describe('sleep', () => {
  test('it does nothing before it is woken, and nothing before SAMConfiguration after a power-up', async () => {
    await connect();
    expect(hex(await host.exchange(frame(bytes('02'))))).toBe('');
    await host.exchange(WAKE_UP);
    expect(hex(await host.exchange(frame(bytes('02'))))).toBe('');
    expect(await host.command('14 01')).toBe('15');
    expect(await host.command('02')).toBe('03 32 01 06 07');
  });

  test('PowerDown sends it to sleep again', async () => {
    expect(await host.command('16 10')).toBe('17 00');
    expect(hex(await host.exchange(frame(bytes('02'))))).toBe('');
    await host.wake();
  });

  test('a restart takes the card’s power', async () => {
    const card = sayingOk();
    await list(card);
    peer.reset();
    expect(card.powered).toBe(false);
    expect(hex(await host.exchange(frame(bytes('40 01 00'))))).toBe('');
    await host.wake();
    expect(await host.command('40 01 00')).toBe('41 27');
  });
});

/** As published in NXP's application note and in libnfc's log. */
test.each([
  ['00 00 FF 02 FE D4 02 2A 00', `${ACK} 00 00 FF 06 FA D5 03 32 01 06 07 E8 00`],
  ['00 00 FF 03 FD D4 14 01 17 00', `${ACK} 00 00 FF 02 FE D5 15 16 00`],
  ['00 00 FF 09 F7 D4 00 00 6C 69 62 6E 66 63 BE 00', `${ACK} 00 00 FF 09 F7 D5 01 00 6C 69 62 6E 66 63 BC 00`],
])('%s is answered byte for byte', async (command, answer) => {
  expect(hex(await host.exchange(command))).toBe(answer);
});

describe('frames', () => {
  test('are found in any pieces, and after any noise that has been over for 150 ms', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 30 }), fc.array(fc.nat({ max: 40 }), { maxLength: 4 }), async (noise, cuts) => {
        await host.exchange(noise, 200);
        let heard = '';
        for (const part of pieces(frame(bytes('00 00 01 02 03')), cuts)) heard += hex(await host.exchange(part, 5));
        expect(heard.replaceAll(' ', '')).toBe(`${ACK}00 00 FF 06 FA D5 01 00 01 02 03 24 00`.replaceAll(' ', ''));
      }),
      { numRuns: 40 },
    );
  });

  test('for all commands: one wrong byte, and it does not answer', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: 12 }), fc.integer({ min: 1, max: 255 }), async (place, change) => {
        const spoilt = frame(bytes('00 00 01 02 03')).map((byte, index) => (index === place && index > 0 ? byte ^ change : byte));
        const heard = hex(await host.exchange(spoilt, 200));
        expect(heard).toBe(place === 0 ? `${ACK} 00 00 FF 06 FA D5 01 00 01 02 03 24 00` : '');
      }),
      { numRuns: 60 },
    );
  });

  test('an unknown command, or one that makes no sense, gets the error frame', async () => {
    for (const command of ['99', '4A 03 00', '00', '10 09', '32 05']) {
      expect(hex(await host.exchange(frame(bytes(command))))).toBe(`${ACK} ${SYNTAX_ERROR}`);
    }
  });

  test('NACK brings the last answer again, without ACK, and carries nothing out', async () => {
    let commands = 0;
    await list(cardOf(() => Uint8Array.of(++commands, 0x90, 0x00)));
    expect(await host.command('40 01 AA')).toBe('41 00 01 90 00');
    expect(hex(await host.exchange(NACK))).toMatch(/ D5 41 00 01 90 00 \S\S 00$/);
    expect(commands).toBe(1);
  });
});

describe('commands that keep or tell something', () => {
  test.each([
    ['registers', '08 63 3D 55 63 05 AA', '09'],
    ['ports', '0E FF FF', '0F'],
    ['parameters', '12 14', '13'],
    ['the RF configuration', '32 02 00 0B 10', '33'],
    ['raw frames, which nobody answers', '42 01 0B 3F 80', '43 01'],
    ['another NFC device, which is not there', '56 01 00', '57 01'],
    ['release without a card', '52 00', '53 00'],
    ['selection without a card', '54 01', '55 27'],
    ['the state without a card', '04', '05 00 00 00 00'],
    ['its memory test', '00 01', '01 00'],
  ])('%s', async (_name, command, answer) => {
    expect(await host.command(command)).toBe(answer);
  });

  test('a register gives what was written to it', async () => {
    await host.command('08 63 3D 55 63 05 AA');
    expect(await host.command('06 63 05 63 3D 63 01')).toBe('07 AA 55 00');
  });
});

describe('cards', () => {
  test('of Type B: ATQB and ATTRIB answer; the PUPI stays as long as the field does', async () => {
    await host.command(LOOK_ONCE);
    peer.insert(sayingOk());
    const first = await host.command(LIST_B);
    expect(first).toMatch(/^4B 01 01 50 (\S\S ){4}00 00 05 E0 B3 81 A1 01 01$/);
    await host.command('44 00');
    expect(await host.command(LIST_B)).toBe(first);
    await host.command('32 01 00');
    expect(await host.command(LIST_B)).not.toBe(first);
  });

  test('of another kind are found by those who look for them', async () => {
    await host.command(LOOK_ONCE);
    peer.insert(createTransitCard());
    expect(await host.command(LIST_B)).toBe('4B 00');
    expect(await host.command('4A 01 00')).toBe('4B 00');
    expect(await host.command('4A 01 01 00 FF FF 00 00')).toMatch(/^4B 01 01 12 01/);
    peer.insert({ ...sayingOk(), contactless: { kind: 'type-a' } });
    expect(await host.command('4A 01 00')).toMatch(/^4B 01 01/);
    peer.insert(createMuteCard());
    for (const kind of [LIST_B, '4A 01 00']) expect(await host.command(kind)).toBe('4B 00');
  });

  test('are waited for where no number of tries is set; an ACK ends the wait', async () => {
    expect(hex(await host.exchange(frame(bytes(LIST_B)), 5_000))).toBe(ACK);
    peer.insert(sayingOk());
    await clock.advance(10);
    expect(hex(answerIn(host.received()))).toMatch(/^4B 01/);
    peer.remove();
    await host.command('32 01 00');
    await host.exchange(frame(bytes(LIST_B)), 100);
    expect(hex(await host.exchange(ACK))).toBe('');
    peer.insert(sayingOk());
    expect(hex(await host.exchange(new Uint8Array()))).toBe('');
  });

  test('deselected, a card loses its state and is selected again; released, it has to be listed', async () => {
    const card = sayingOk();
    await list(card);
    await host.command('44 01');
    expect(card.powered).toBe(false);
    expect(await host.command('40 01 00')).toBe('41 27');
    expect(await host.command('54 01')).toBe('55 00');
    expect(await host.command('40 01 00')).toBe('41 00 90 00');
    await host.command('52 01');
    expect(await host.command('54 01')).toBe('55 27');
  });

  test('say whether they are there; one that is gone takes its waiting time', async () => {
    expect(await host.command('00 06')).toBe('01 27');
    await list(sayingOk());
    expect(await host.command('00 06')).toBe('01 00');
    peer.remove();
    expect(hex(await host.exchange(frame(bytes('00 06')), 300))).toBe(ACK);
    await clock.advance(FWT_MS - 300 + 5);
    expect(hex(answerIn(host.received()))).toBe('01 01');
  });
});

describe('InDataExchange', () => {
  test('for commands and answers of any length: chained in parts of 262 bytes', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ minLength: 1, maxLength: 700 }),
        fc.uint8Array({ minLength: 2, maxLength: 700 }),
        async (command, answer) => {
          const had: Uint8Array[] = [];
          await list(
            cardOf((apdu) => {
              had.push(apdu);
              return answer;
            }),
          );
          let heard = '';
          for (let at = 0; at < command.length; at += 262) {
            const last = at + 262 >= command.length;
            heard = await host.command(Uint8Array.of(0x40, last ? 0x01 : 0x41, ...command.subarray(at, at + 262)));
            if (!last) expect(heard).toBe('41 00');
          }
          let whole = bytes(heard).subarray(2);
          while (bytes(heard)[1] === 0x40) {
            heard = await host.command('40 01');
            whole = Uint8Array.from([...whole, ...bytes(heard).subarray(2)]);
          }
          expect(had).toEqual([command]);
          expect(whole).toEqual(answer);
        },
      ),
      { numRuns: 20 },
    );
  });

  test('a card that works: the answer comes later, an ACK or another command ends it', async () => {
    await connect({ cardMs: () => 500, waitingTimes: () => 1 });
    await host.wake();
    await list(sayingOk());
    expect(hex(await host.exchange(frame(bytes('40 01 AA')), 500 + FWT_MS))).toBe(ACK);
    await clock.advance(10);
    expect(hex(answerIn(host.received()))).toBe('41 00 90 00');
    await host.exchange(frame(bytes('40 01 AA')), 100);
    expect(hex(await host.exchange(ACK, 2_000))).toBe('');
    await host.exchange(frame(bytes('40 01 AA')), 100);
    expect(await host.command('02', 2_000)).toBe('03 32 01 06 07');
  });

  test('a card that is taken away while it works: status 01', async () => {
    await connect({ cardMs: () => 500 });
    await host.wake();
    await list(sayingOk());
    await host.exchange(frame(bytes('40 01 AA')), 100);
    peer.remove();
    await clock.advance(500);
    expect(hex(answerIn(host.received()))).toBe('41 01');
  });

  test('a card that is gone: status 01 after its waiting time, and 27 until one is listed', async () => {
    await list(sayingOk());
    peer.remove();
    expect(hex(await host.exchange(frame(bytes('40 01 00')), 300))).toBe(ACK);
    await clock.advance(FWT_MS - 300 + 5);
    expect(hex(answerIn(host.received()))).toBe('41 01');
    expect(await host.command('40 01 00')).toBe('41 27');
  });
});

describe('the line', () => {
  test('an exchange takes its time, no less and hardly more, and is told of as wire time', async () => {
    const waits: number[] = [];
    await connect({ waits: { add: (_kind, startMs, endMs) => waits.push(endMs - startMs) } });
    await host.wake();
    await list(cardOf(() => new Uint8Array(258)));
    waits.length = 0;
    const command = frame(bytes('40 01 00 B0 00 00 00'));
    const wireMs = (command.length + 6 + 271) * CHARACTER_MS;
    await host.exchange(command, wireMs - 0.1);
    expect(host.received().length).toBeLessThan(6 + 271);
    await clock.advance(0.2);
    expect(answerIn(host.received())).toHaveLength(2 + 258);
    expect(waits).toHaveLength(1);
    expect(waits[0]).toBeCloseTo(wireMs, 1);
  });

  test('the rate changes after the host’s ACK, and a command at the old one is not understood', async () => {
    expect(await host.command('10 06')).toBe('11');
    expect(await host.command('02')).toBe('03 32 01 06 07');
    expect(await host.command('10 06')).toBe('11');
    await host.exchange(ACK);
    expect(hex(await host.exchange(frame(bytes('02'))))).toBe('');
  });
});

describe('faults', () => {
  const VERSION = bytes('00 00 FF 06 FA D5 03 32 01 06 07 E8 00');
  const whole = Uint8Array.from([...bytes(ACK), ...VERSION]);
  const without = (at: number) => hex(Uint8Array.from([...whole.subarray(0, 6 + at), ...whole.subarray(7 + at)]));

  test.each([
    [{ kind: 'mute' }, ''],
    [{ kind: 'reset' }, ''],
    [{ kind: 'nak' }, `${ACK} ${SYNTAX_ERROR}`],
    [{ kind: 'lose-answer' }, ACK],
    [{ kind: 'wrong-check-byte' }, hex(whole).replace('E8 00', 'E9 00')],
    [{ kind: 'drop-bytes', from: 2, count: 1 }, without(2)],
    [{ kind: 'noise', bytes: bytes('00 55'), where: 'before' }, `${ACK} 00 55 ${hex(VERSION)}`],
    [{ kind: 'noise', bytes: bytes('00 55'), where: 'after' }, `${hex(whole)} 00 55`],
    [{ kind: 'duplicate' }, `${hex(whole)} ${hex(VERSION)}`],
    [{ kind: 'stale-sequence' }, `00 00 FF 02 FE D5 15 16 00 ${hex(whole)}`],
    [{ kind: 'delay', ms: 200 }, ACK],
  ] as const)('%j', async (fault, heard) => {
    peer.faults.add({ fault });
    expect(hex(await host.exchange(frame(bytes('02'))))).toBe(heard);
  });

  test.each([
    [{ kind: 'slot-error', error: 0x13 }, '41 13', 1],
    [{ kind: 'wrong-block-check' }, '41 02', 1],
    [{ kind: 'tear' }, '41 01', 0],
    [{ kind: 'tear-after' }, '41 01', 1],
    [{ kind: 'time-extension', times: 2 }, '41 00 90 00', 1],
  ] as const)('%j on a command APDU', async (fault, heard, carriedOut) => {
    let commands = 0;
    await list(
      cardOf(() => {
        commands++;
        return bytes('90 00');
      }),
    );
    peer.faults.add({ fault, apdu: 1 });
    expect(await host.command('40 01 AA', 1_000)).toBe(heard);
    expect(commands).toBe(carriedOut);
  });

  test('torn: what is on the line breaks off', async () => {
    await list(cardOf(() => new Uint8Array(258)));
    await host.exchange(frame(bytes('40 01 AA')), 15);
    peer.tear();
    const { length } = host.received();
    await clock.advance(100);
    expect(host.received()).toHaveLength(length);
    expect(length).toBeLessThan(6 + 271);
  });
});
