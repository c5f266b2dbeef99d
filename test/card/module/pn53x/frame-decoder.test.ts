import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { answerFrame } from '../../../../src/bench/module/pn532/pn532-frames.ts';
import { ACK, commandFrame, MAX_LENGTH, NACK } from '../../../../src/card/module/pn53x/frame.ts';
import { createFrameDecoder, type FrameEvent } from '../../../../src/card/module/pn53x/frame-decoder.ts';
import { bytes, hex, pieces } from '../../hex.ts';

const ERROR = bytes('00 00 FF 01 FF 7F 81 00');

/** All that a decoder tells of these pieces and of the quiet after them. */
function heard(parts: readonly Uint8Array[], decoder = createFrameDecoder()): FrameEvent[] {
  const events: FrameEvent[] = [];
  const tell = (event: FrameEvent) => events.push(event.type === 'answer' ? { ...event, data: event.data.slice() } : event);
  for (const part of parts) decoder.push(part, tell);
  decoder.quiet(tell);
  return events;
}

const answers = (events: readonly FrameEvent[]) => events.filter(({ type }) => type === 'answer');
const answerOf = (code: number, data: Uint8Array) => ({ type: 'answer', code, data });
const code = fc.integer({ min: 0, max: 0x7f }).map((half) => half * 2);
const data = fc.oneof(fc.uint8Array({ maxLength: 12 }), fc.uint8Array({ minLength: 240, maxLength: MAX_LENGTH - 2 }));
const cuts = fc.array(fc.nat({ max: 280 }), { maxLength: 8 });

/** Written by NXP's application note, by libnfc's log and in NXP's forum. */
describe('samples that others have published', () => {
  test.each([
    ['GetFirmwareVersion', 0x02, '', '00 00 FF 02 FE D4 02 2A 00'],
    ['SAMConfiguration', 0x14, '01', '00 00 FF 03 FD D4 14 01 17 00'],
    ['Diagnose, as libnfc sends it', 0x00, '00 6C 69 62 6E 66 63', '00 00 FF 09 F7 D4 00 00 6C 69 62 6E 66 63 BE 00'],
    ['looking for FeliCa cards', 0x4a, '01 01 00 FF FF 00 00', '00 00 FF 09 F7 D4 4A 01 01 00 FF FF 00 00 E2 00'],
  ])('command %s', (_name, command, parameters, frame) => {
    expect(hex(commandFrame(command, bytes(parameters)))).toBe(frame);
  });

  test.each([
    ['firmware version', 0x02, '32 01 06 07', '00 00 FF 06 FA D5 03 32 01 06 07 E8 00'],
    ['SAMConfiguration', 0x14, '', '00 00 FF 02 FE D5 15 16 00'],
    ['Diagnose', 0x00, '00 6C 69 62 6E 66 63', '00 00 FF 09 F7 D5 01 00 6C 69 62 6E 66 63 BC 00'],
  ])('answer %s', (_name, command, result, frame) => {
    expect(heard([bytes(frame)])).toEqual([answerOf(command, bytes(result))]);
  });

  test('ACK, error frame, and a NACK, which is none of the module’s', () => {
    expect(hex(ACK)).toBe('00 00 FF 00 FF 00');
    expect(hex(NACK)).toBe('00 00 FF FF 00 00');
    expect(heard([ACK, ERROR, NACK])).toEqual([{ type: 'ack' }, { type: 'refused' }]);
  });
});

test('a command of 255 bytes goes in a normal frame, a longer one in an extended, 266 bytes in none', () => {
  expect(hex(commandFrame(0x40, new Uint8Array(253)).subarray(0, 6))).toBe('00 00 FF FF 01 D4');
  expect(hex(commandFrame(0x40, new Uint8Array(254)).subarray(0, 9))).toBe('00 00 FF FF FF 01 00 FF D4');
  expect(() => commandFrame(0x40, new Uint8Array(264))).toThrow(RangeError);
});

test('for all answers, however they are cut into pieces: what was framed is found', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(code, data), { minLength: 1, maxLength: 4 }), cuts, (wanted, places) => {
      const stream = Buffer.concat(
        wanted.flatMap(([number, content]) => [ACK, answerFrame(Uint8Array.of(number + 1, ...content))]),
      );
      const expected = wanted.flatMap(([number, content]) => [{ type: 'ack' }, answerOf(number, content)]);
      expect(heard(pieces(stream, places))).toEqual(expected);
    }),
  );
});

test('for all cuts: no answer, the damage is told, and the next frame is read', () => {
  fc.assert(
    fc.property(code, data, fc.nat(), (number, content, place) => {
      const frame = answerFrame(Uint8Array.of(number + 1, ...content));
      const decoder = createFrameDecoder();
      const cut = 1 + (place % (frame.length - 1));
      const events = heard([frame.subarray(0, cut)], decoder);
      expect(answers(events)).toEqual([]);
      const headLength = frame.length - 4 - content.length;
      if (cut >= headLength + 2) expect(events).toContainEqual({ type: 'damaged', code: number });
      expect(decoder.unsettled).toBe(false);
      expect(heard([frame], decoder)).toEqual([answerOf(number, content)]);
    }),
  );
});

test('for all frames in which one byte is another, or is missing: nothing else is believed', () => {
  fc.assert(
    fc.property(code, data, fc.nat(), fc.integer({ min: 0, max: 0xff }), (number, content, place, change) => {
      const frame = answerFrame(Uint8Array.of(number + 1, ...content));
      const at = place % frame.length;
      const spoilt = frame.map((byte, index) => (index === at ? byte ^ change : byte));
      const shorter = Uint8Array.from([...frame.subarray(0, at), ...frame.subarray(at + 1)]);
      // The very first byte is not needed; all others are.
      const right = [answerOf(number, content)];
      expect(answers(heard([spoilt]))).toEqual(at === 0 || change === 0 ? right : []);
      expect(answers(heard([shorter]))).toEqual(at <= 1 ? right : []);
    }),
    { numRuns: 300 },
  );
});

describe('noise before an answer', () => {
  const answer = answerFrame(bytes('41 00 90 00'));
  test.each([
    ['00 55'],
    ['03'],
    ['FF FF FF'],
    ['00'],
    ['00 00 FF'],
    ['00 FF 05'],
    ['00 00 FF 09 F7'],
    ['00 00 FF 09 F7 D5 41'],
    ['00 00 FF FF FF 01 04 FB'],
    ['00 00 FF 00'],
  ])('%s does not hide it', (noise) => {
    expect(answers(heard([bytes(noise), answer]))).toEqual([answerOf(0x40, bytes('00 90 00'))]);
  });

  test('of any kind does not hide it', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), cuts, (noise, places) => {
        const events = heard([...pieces(noise, places), answer]);
        expect(answers(events).at(-1)).toEqual(answerOf(0x40, bytes('00 90 00')));
      }),
    );
  });
});

test('noise that looks like a head, with check bytes that are right by chance, does not swallow the answer within', () => {
  const content = new Uint8Array(100);
  const stream = () => Uint8Array.from([...bytes('00 00 FF 40 C0'), ...ACK, ...answerFrame(Uint8Array.of(0x41, ...content))]);
  // 64 bytes after that head: its check byte, which falls on byte 51 of the content; the 0 after it closes the frame.
  content[51] = -stream()
    .subarray(5, 69)
    .reduce((sum, byte) => sum + byte, 0);
  expect(answers(heard([stream()]))).toEqual([answerOf(0x40, content)]);
});

test('what was an answer can be told from noise, so that it can be asked for again', () => {
  expect(heard([bytes('00 00 FF 05 FA D5 41 00 90 00 5A 00')])).toEqual([{ type: 'damaged', code: 0x40 }]);
  expect(heard([bytes('FF 05 FB D5 41 00 90 00 5A 00')])).toEqual([{ type: 'damaged', code: 0x40 }]);
  expect(heard([bytes('FF 05 FB D4 41 00 90 00 5A 00')])).toEqual([]);
});

test('an answer that came whole is not asked for again, whatever went before it', () => {
  const decoder = createFrameDecoder();
  const events: FrameEvent[] = [];
  decoder.push(bytes('D5 41 12'), (event) => events.push(event));
  expect(decoder.unsettled).toBe(true);
  decoder.push(answerFrame(bytes('41 00 90 00')), (event) => events.push(event));
  expect(events.map(({ type }) => type)).toEqual(['answer']);
  expect(decoder.unsettled).toBe(false);
});
