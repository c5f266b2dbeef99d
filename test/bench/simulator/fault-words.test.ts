import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { faultHelp, readFault } from '../../../src/bench/simulator/fault-words.ts';
import { ruleOf } from '../../../src/bench/simulator/planned-faults.ts';

describe('a fault in words', () => {
  test.each([
    ['lose-answer@7', { fault: { kind: 'lose-answer' }, at: 7 }],
    ['tear', { fault: { kind: 'tear' } }],
    ['delay@3:800', { fault: { kind: 'delay', ms: 800 }, at: 3 }],
    ['slot-error:FB', { fault: { kind: 'slot-error', error: 0xfb } }],
    ['nak@2', { fault: { kind: 'nak' }, at: 2 }],
    ['nak@2:FE', { fault: { kind: 'nak', status: 0xfe }, at: 2 }],
    ['drop-bytes@5:-4+3', { fault: { kind: 'drop-bytes', from: -4, count: 3 }, at: 5 }],
    ['noise:0355', { fault: { kind: 'noise', where: 'before', bytes: Uint8Array.of(3, 0x55) } }],
    ['noise@1:after=00', { fault: { kind: 'noise', where: 'after', bytes: Uint8Array.of(0) }, at: 1 }],
    ['time-extension:2', { fault: { kind: 'time-extension', times: 2 } }],
  ])('%s', (words, planned) => {
    expect(readFault(words)).toEqual({ ok: true, value: planned });
  });

  test.each([
    '',
    'explode',
    'tear:3',
    'delay',
    'delay:soon',
    'delay@0:5',
    'noise:0',
    'noise',
    'slot-error:FEFE',
    'mute@-1',
    'constructor',
  ])('"%s" is refused with a reason', (words) => {
    expect(readFault(words)).toMatchObject({ ok: false, fault: { code: 'SYS-902', detail: expect.stringMatching(/.{10}/) } });
  });

  test('whatever is written, it is read or refused', () => {
    fc.assert(
      fc.property(fc.string(), (words) => {
        expect(typeof readFault(words).ok).toBe('boolean');
      }),
    );
  });

  test('every kind is in the help, and can be written', () => {
    const argument: Record<string, string> = { FE: ':FE', FROM: ':0+1', HEX: ':00', MS: ':1', TIMES: ':1' };
    for (const line of faultHelp) {
      const name = line.split(' ', 1)[0] ?? '';
      const [, needed = ''] = /ARG: (\w+)/.exec(line) ?? [];
      expect(readFault(`${name}${argument[needed] ?? ''}`), line).toMatchObject({ ok: true, value: { fault: { kind: name } } });
    }
  });
});

describe('when it happens', () => {
  test('what the card does not see falls on the message that would have carried the command', () => {
    let commands = 0;
    const { message } = ruleOf({ fault: { kind: 'mute' }, at: 3 }, 'pn532', () => commands);
    expect([message?.(0x40, 1), message?.(0x14, 2)]).toEqual([false, false]);
    commands = 2;
    expect([message?.(0x40, 3), message?.(0x14, 4)]).toEqual([true, false]);
  });

  test('what comes after the card falls on the command itself, by its number or the next', () => {
    expect(ruleOf({ fault: { kind: 'lose-answer' }, at: 3 }, 'gem', () => 0)).toMatchObject({ apdu: 3 });
    const next = ruleOf({ fault: { kind: 'lose-answer' } }, 'gem', () => 0).apdu;
    expect(typeof next === 'function' && next(new Uint8Array(5))).toBe(true);
  });
});
