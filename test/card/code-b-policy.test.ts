/** What the card port presents of 照合番号B, read or typed, and what it does not. */
import { afterEach, describe, expect, test } from 'vitest';
import type { PeerFault } from '../../src/bench/module/faults.ts';
import { PresentedCodes } from '../../src/card/code-b-policy.ts';
import { type Counter, cardOf, openCounter, portrait, unhurried } from './bench-card.ts';

const ascii = (text: string) => Uint8Array.from(Buffer.from(text, 'latin1'));
const wrong = ['01010120300000', '01010120300001', '01010120300002'];
const isCodeB = (command: Uint8Array) => command[1] === 0x20 && command[4] === 14;

let open: Counter | undefined;
afterEach(async () => {
  await open?.close();
  open = undefined;
});

/** A counter whose front is read as `read` says, one value after the other and the last one for ever. */
async function counterReading(...read: readonly string[]) {
  let readings = 0;
  const counter = await openCounter({
    get codeB() {
      return read[Math.min(readings++, read.length - 1)] ?? '';
    },
  });
  open = counter;
  expect(await counter.start()).toEqual({ ok: true });
  const card = await cardOf('adult');
  const place = async () => {
    await counter.place(card);
    expect((await counter.settle(counter.port.survey(unhurried))).ok).toBe(true);
  };
  await place();
  // What the counter itself read while it was set up does not count.
  readings = 0;
  const replace = async () => {
    counter.remove();
    await counter.clock.advance(500);
    await place();
  };
  const present = async (typed?: string) => {
    const result = await counter.settle(counter.port.readPortrait(unhurried, typed === undefined ? undefined : ascii(typed)));
    return result.ok ? 'fine' : result.fault.code;
  };
  const right = card.holder?.verificationCodeB ?? '';
  return { ...counter, card, right, present, replace, readings: () => readings };
}

describe('what is read', () => {
  test('the same refused value is not presented again', async () => {
    const { present, card } = await counterReading('01010120300000');
    expect(await present()).toBe('CARD-107');
    expect(await present()).toBe('CARD-108');
    expect(card.statistics.verifies).toBe(1);
  });

  test('another value may be, and then no more: the front is not even looked at', async () => {
    const { present, card, readings } = await counterReading(...wrong);
    expect(await present()).toBe('CARD-107');
    expect(await present()).toBe('CARD-107');
    expect(await present()).toBe('CARD-111');
    expect(card.statistics.verifies).toBe(2);
    expect(readings()).toBe(2);
  });

  test('a card placed anew is a new beginning, down to the tries that are left to people', async () => {
    const { present, card, replace } = await counterReading('01010120300000');
    const codes: string[] = [];
    for (let placing = 0; placing < 8; placing++) {
      codes.push(await present());
      await replace();
    }
    expect(codes).toEqual([...new Array(6).fill('CARD-107'), 'CARD-111', 'CARD-111']);
    expect(card.statistics.verifies).toBe(6);
  });
});

describe('what staff have typed', () => {
  test('opens the portrait after a value that was read wrongly, and again', async () => {
    const { port, settle, present, right, card } = await counterReading('01010120300000');
    expect(await present()).toBe('CARD-107');
    const typed = ascii(right);
    expect(await settle(port.readPortrait(unhurried, typed))).toMatchObject({ ok: true, value: { portrait } });
    // Lent: their owner wipes them.
    expect(typed).toEqual(ascii(right));
    expect(await present(right)).toBe('fine');
    expect(card.statistics.verifies).toBe(3);
  });

  test('counts as a presentation', async () => {
    const { present, card, right } = await counterReading('01010120300000');
    expect(await present(wrong[1])).toBe('CARD-107');
    expect(await present(wrong[1])).toBe('CARD-108');
    expect(await present()).toBe('CARD-107');
    expect(await present(right)).toBe('CARD-111');
    expect(card.statistics.verifies).toBe(2);
  });

  test.each(['', '1234', '99999920352285', '5502172035228O', '55021719992285', '55021720992285'])(
    '"%s" cannot be one and costs nothing',
    async (typed) => {
      const { port, settle, card } = await counterReading('01010120300000');
      const result = await settle(port.readPortrait(unhurried, ascii(typed)));
      expect(result).toMatchObject({ ok: false, fault: { code: 'CARD-108' } });
      expect(card.statistics.verifies).toBe(0);
    },
  );
});

describe('a line that fails around VERIFY of 照合番号B', () => {
  const spoilt: [string, PeerFault][] = [
    ['the answer is lost', { kind: 'lose-answer' }],
    ['the check byte is wrong', { kind: 'wrong-check-byte' }],
    ['the answer is late', { kind: 'delay', ms: 5_000 }],
    ['the module reports a mute card', { kind: 'slot-error', error: 0xfe }],
    ['the module restarts', { kind: 'reset' }],
  ];

  test.each(spoilt)('a wrong value counts once and is not presented again: %s', async (_name, fault) => {
    const { present, peer, card } = await counterReading('01010120300000');
    peer.faults.add({ fault, apdu: isCodeB });
    expect(await present()).toMatch(/^(CARD-107|CARD-104|CARD-101|CARD-102|MOD-20[123])$/);
    expect(card.statistics.verifies).toBe(1);
    await present();
    expect(card.statistics.verifies).toBe(1);
  });

  test('when the card’s answers stay away nothing is claimed and nothing is sent again', async () => {
    const { present, peer, card, right } = await counterReading('01010120300000');
    let presented = false;
    peer.faults.add({
      fault: { kind: 'lose-answer' },
      times: 4,
      apdu: (command) => {
        presented ||= isCodeB(command);
        return isCodeB(command);
      },
    });
    peer.faults.add({ fault: { kind: 'mute' }, times: 3, message: (type) => presented && type === 0x6f });
    expect(await present(right)).toMatch(/^(CARD-104|MOD-20[13])$/);
    expect(card.statistics.verifies).toBe(1);
    expect(await present(right)).not.toBe('fine');
    expect(card.statistics.verifies).toBe(1);
  });
});

test('what was presented is forgotten with the card', () => {
  const presented = new PresentedCodes();
  presented.presenting(ascii('01010120300000'));
  presented.presenting(ascii('01010120300001'));
  expect(presented.mayPresentMore()).toMatchObject({ ok: false, fault: { code: 'CARD-111' } });
  presented.forget();
  expect(presented.mayPresent(ascii('01010120300000'))).toEqual({ ok: true });
});
