import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { gemDialect } from '../../../../src/card/module/ccid/gem-dialect.ts';
import { bytes, gem, hex, pieces } from '../../hex.ts';

/** What a decoder finds in bytes that come in these pieces, as one line each. */
function found(chunks: readonly Uint8Array[], options: { quiet?: boolean } = {}): string[] {
  const decoder = gemDialect.createDecoder();
  const events: string[] = [];
  const tell = (event: Parameters<Parameters<typeof decoder.push>[1]>[0]) => {
    if (event.type === 'message') events.push(hex(event.message));
    else if (event.type === 'damaged') events.push(`damaged ${hex(event.head)}`);
    else events.push(event.type === 'slot-change' ? `present ${event.present}` : event.type);
  };
  for (const chunk of chunks) decoder.push(chunk, tell);
  if (options.quiet) {
    decoder.quiet(tell);
    expect(decoder.unsettled).toBe(false);
  }
  return events;
}

const body = fc.uint8Array({ maxLength: 261 });
const message = fc
  .tuple(
    fc.constantFrom(0x61, 0x62, 0x65, 0x6b, 0x6f, 0x80, 0x81, 0x82, 0x83),
    fc.uint8Array({ minLength: 5, maxLength: 5 }),
    body,
  )
  .map(([type, rest, data]) => Uint8Array.of(type, data.length & 0xff, data.length >> 8, 0, 0, ...rest, ...data));
const status = '81 00 00 00 00 00 07 00 00 00';
const statusFrame = gem(status);

describe('gem frames', () => {
  test('GetSlotStatus as it stands on the wire', () => {
    expect(hex(gemDialect.frame(bytes('65 00 00 00 00 00 07 00 00 00')))).toBe('03 06 65 00 00 00 00 00 07 00 00 00 67');
  });

  test('for all messages: the frame gives the message back', () => {
    fc.assert(
      fc.property(message, (some) => {
        expect(found([gemDialect.frame(some)])).toEqual([hex(some)]);
      }),
    );
  });

  test('for all rows of frames, NAKs and card movements: any chunking gives the same', () => {
    const part = fc.oneof(
      message.map((some) => gemDialect.frame(some)),
      fc.constantFrom(bytes('03 15 16'), bytes('50 02'), bytes('50 03'), bytes('80'), bytes('00 55 03')),
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 6 }), fc.array(fc.nat(), { maxLength: 20 }), (parts, cuts) => {
        const whole = Buffer.concat(parts);
        expect(found(pieces(whole, cuts), { quiet: true })).toEqual(found([whole], { quiet: true }));
      }),
    );
  });

  test('for all messages: no cut frame is accepted, and nothing hangs', () => {
    fc.assert(
      fc.property(message, fc.nat(), (some, cut) => {
        const frame = gemDialect.frame(some);
        expect(found([frame.subarray(0, cut % frame.length)], { quiet: true })).not.toContain(hex(some));
      }),
    );
  });

  test('for all messages: no frame with a flipped byte is accepted', () => {
    fc.assert(
      fc.property(message, fc.nat(), fc.integer({ min: 1, max: 255 }), (some, place, mask) => {
        const frame = Uint8Array.from(gemDialect.frame(some));
        const at = place % frame.length;
        frame[at] = (frame[at] ?? 0) ^ mask;
        expect(
          found([frame], { quiet: true }).filter((event) => event.includes(hex(some)) && !event.startsWith('damaged')),
        ).toEqual([]);
      }),
    );
  });

  test('for all noise: the frame that follows after a pause is found', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (noise) => {
        const decoder = gemDialect.createDecoder();
        decoder.push(noise, () => {});
        decoder.quiet(() => {});
        let heard = '';
        decoder.push(statusFrame, (event) => {
          if (event.type === 'message') heard = hex(event.message);
        });
        expect(heard).toBe(status);
      }),
    );
  });
});

describe('what surrounds the frames', () => {
  test.each([
    ['a SYNC that begins nothing', '03'],
    ['two noise bytes', '00 55'],
    ['a head of a type that does not exist', '03 06 FF'],
    ['a head that is too long', '03 06 80 FF FF'],
    ['a frame cut in the middle', '03 06 80 02 00 00 00 00'],
  ])('%s before an answer does not hide it', (_name, noise) => {
    expect(found([bytes(noise), statusFrame], { quiet: true })).toContain(status);
  });

  test('echo, movement, time request and answer, all in one piece', () => {
    const echo = gem('65 00 00 00 00 00 07 00 00 00');
    expect(found([Buffer.concat([echo, bytes('50 02 80'), statusFrame])])).toEqual([
      '65 00 00 00 00 00 07 00 00 00',
      'present false',
      'more-time',
      status,
    ]);
  });

  test('a movement inside a damaged frame is not believed', () => {
    const damaged = gem('80 04 00 00 00 00 07 00 00 00 50 02 50 02');
    damaged[damaged.length - 1] = (damaged.at(-1) ?? 0) ^ 1;
    expect(found([damaged])).toEqual(['damaged 80 04 00 00 00 00 07 00 00 00']);
  });

  test('after a pause movements are believed again', () => {
    const decoder = gemDialect.createDecoder();
    const events: string[] = [];
    decoder.push(bytes('00 55'), () => {});
    decoder.push(bytes('50 02'), (event) => events.push(event.type));
    decoder.quiet(() => {});
    decoder.push(bytes('50 02'), (event) => events.push(event.type));
    expect(events).toEqual(['slot-change']);
  });
});
