import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readPadKey, ringMessage, toneMessage } from '../../src/panel/own-messages.ts';
import { KEY_DOWN } from '../../src/panel/panel-messages.ts';

const sevenBits = (bytes: readonly number[]) => bytes.every((byte) => byte >= 0 && byte < 0x80);
const value = ([low = -1, high = -1]: readonly number[]) => low + 128 * high;
const level = fc.nat(255);

test('a ring’s message: effect, colour and period, each value as two 7-bit bytes', () => {
  expect(ringMessage({ effect: 'spin', colour: [0, 60, 255], periodMs: 1_500 })).toEqual([2, 3, 0, 0, 60, 0, 127, 1, 92, 11]);
  fc.assert(
    fc.property(fc.tuple(level, level, level), fc.nat(0x3fff), (colour, periodMs) => {
      const message = ringMessage({ effect: 'blink', colour, periodMs });
      expect(sevenBits(message)).toBe(true);
      expect([2, 4, 6, 8].map((at) => value(message.slice(at)))).toEqual([...colour, periodMs]);
    }),
  );
});

test('a tone’s message holds its notes in order, and no more than eight', () => {
  expect(toneMessage([{ hz: 880, ms: 90 }])).toEqual([1, 112, 6, 90, 0]);
  const note = fc.record({ hz: fc.nat(0x3fff), ms: fc.nat(0x3fff) });
  fc.assert(
    fc.property(fc.array(note, { maxLength: 20 }), (notes) => {
      const message = toneMessage(notes);
      expect(sevenBits(message)).toBe(true);
      const read = Array.from({ length: (message.length - 1) / 4 }, (_, index) => ({
        hz: value(message.slice(1 + 4 * index)),
        ms: value(message.slice(3 + 4 * index)),
      }));
      expect(read).toEqual(notes.slice(0, 8));
    }),
  );
});

test('twelve keys go down and up; nothing else is a key', () => {
  const keys = new Set([...'0123456789*#'].map((key) => key.charCodeAt(0)));
  fc.assert(
    fc.property(fc.array(fc.nat(127), { maxLength: 4 }), (bytes) => {
      const [key = -1, state = -1] = bytes;
      const read = readPadKey(bytes);
      if (!keys.has(key) || state > 1 || state < 0) expect(read).toBeUndefined();
      else expect(read).toBe(state === 1 ? key + KEY_DOWN : key);
    }),
  );
  for (const key of keys) expect([readPadKey([key, 1]), readPadKey([key, 0])]).toEqual([key + KEY_DOWN, key]);
});
