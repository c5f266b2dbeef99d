import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { acsDialect } from '../../../../src/card/module/ccid/acs-dialect.ts';
import { bytes, hex, pieces } from '../../hex.ts';
import { ACCEPTED, CONTACT_CARD_IN, CONTACTLESS_CARD_IN, REFUSED } from './acs-samples.ts';

/** What a decoder finds in bytes that come in these pieces, as one line each. */
function found(chunks: readonly Uint8Array[], options: { quiet?: boolean } = {}): string[] {
  const decoder = acsDialect.createDecoder();
  const events: string[] = [];
  const tell = (event: Parameters<Parameters<typeof decoder.push>[1]>[0]) => {
    if (event.type === 'message') events.push(hex(event.message));
    else if (event.type === 'damaged') events.push(`damaged ${hex(event.head)}`);
    else events.push(event.type === 'slot-change' ? `slot ${event.slot} ${event.present ? 'in' : 'out'}` : event.type);
  };
  for (const chunk of chunks) decoder.push(chunk, tell);
  if (options.quiet) {
    decoder.quiet(tell);
    expect(decoder.unsettled).toBe(false);
  }
  return events;
}

const message = fc
  .tuple(
    fc.constantFrom(0x80, 0x81, 0x82, 0x83),
    fc.uint8Array({ minLength: 5, maxLength: 5 }),
    fc.uint8Array({ maxLength: 261 }),
  )
  .map(([type, rest, data]) => Uint8Array.of(type, data.length & 0xff, data.length >> 8, 0, 0, ...rest, ...data));
const status = '81 00 00 00 00 00 07 00 81 00';
const statusFrame = bytes(`02 ${status} 07 03`);

describe('acs frames', () => {
  test('for all messages: the frame gives the message back', () => {
    fc.assert(
      fc.property(message, (some) => {
        expect(found([acsDialect.frame(some)])).toEqual([hex(some)]);
      }),
    );
  });

  test('for all rows of frames, statuses, movements and noise: any chunking gives the same', () => {
    const part = fc.oneof(
      message.map((some) => acsDialect.frame(some)),
      fc.constantFrom(bytes(ACCEPTED), bytes(REFUSED.checksum), bytes('02 50 0C 5C 03'), bytes('02'), bytes('00 55 02')),
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
        const frame = acsDialect.frame(some);
        expect(found([frame.subarray(0, cut % frame.length)], { quiet: true })).not.toContain(hex(some));
      }),
    );
  });

  test('for all messages: no frame with a changed byte is accepted', () => {
    fc.assert(
      fc.property(message, fc.nat(), fc.integer({ min: 1, max: 255 }), (some, place, mask) => {
        const frame = Uint8Array.from(acsDialect.frame(some));
        const at = place % frame.length;
        frame[at] = (frame[at] ?? 0) ^ mask;
        expect(found([frame], { quiet: true })).not.toContain(hex(some));
      }),
    );
  });

  test('for all noise: the frame that follows after a pause is found', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (noise) => {
        const decoder = acsDialect.createDecoder();
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
  test.each(Object.entries(REFUSED))('refused for its %s', (_reason, frame) => {
    expect(found([bytes(frame)])).toEqual(['refused']);
  });

  test('accepted, answered, and a movement, all in one piece', () => {
    const { message: moved, check } = CONTACT_CARD_IN;
    expect(found([Buffer.concat([bytes(ACCEPTED), statusFrame, bytes(`02 ${moved} ${check} 03`)])])).toEqual([
      'accepted',
      status,
      'slot 1 in',
    ]);
  });

  test('a movement tells of the slot that has changed, not of the other', () => {
    const { message: moved, check } = CONTACTLESS_CARD_IN;
    expect(found([bytes(`02 ${moved} ${check} 03`)])).toEqual(['slot 0 in']);
    expect(found([bytes('02 50 0A 5A 03')])).toEqual(['slot 0 out', 'slot 1 out']);
  });

  test.each([
    ['an STX that begins nothing', '02'],
    ['two noise bytes', '00 55'],
    ['a type that does not exist', '02 44'],
    ['a head that is too long', '02 80 FF FF'],
    ['a frame cut in the middle', '02 80 02 00 00 00 00'],
    ['half a status', '02 00 00'],
  ])('%s before an answer does not hide it', (_name, noise) => {
    expect(found([bytes(noise), statusFrame], { quiet: true })).toContain(status);
  });

  test('after noise a refusal or a movement is not believed, an acceptance is; after a pause all are', () => {
    expect(found([bytes('00'), bytes(REFUSED.checksum)])).toEqual([]);
    expect(found([bytes('00'), bytes('02 50 0C 5C 03')])).toEqual([]);
    expect(found([bytes('00'), bytes(ACCEPTED)])).toEqual(['accepted']);
    const decoder = acsDialect.createDecoder();
    const events: string[] = [];
    decoder.push(bytes('00'), () => {});
    decoder.quiet(() => {});
    decoder.push(bytes(REFUSED.etx), (event) => events.push(event.type));
    expect(events).toEqual(['refused']);
  });
});
