/** What holds of the framing of every dialect, whatever comes over the line. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CcidDialect, WireEvent } from '../../../../src/card/module/ccid/dialect.ts';
import { bytes, hex, pieces } from '../../hex.ts';

/** @returns what a decoder finds in bytes that come in these pieces, as one line each */
export function foundBy(dialect: CcidDialect) {
  return (chunks: readonly Uint8Array[], options: { quiet?: boolean } = {}): string[] => {
    const decoder = dialect.createDecoder();
    const events: string[] = [];
    const tell = (event: WireEvent) => events.push(lineOf(event));
    for (const chunk of chunks) decoder.push(chunk, tell);
    if (options.quiet) {
      decoder.quiet(tell);
      expect(decoder.unsettled).toBe(false);
    }
    return events;
  };
}

function lineOf(event: WireEvent): string {
  if (event.type === 'message') return hex(event.message);
  if (event.type === 'damaged') return `damaged ${hex(event.head)}`;
  return event.type === 'slot-change' ? `slot ${event.slot} ${event.present ? 'in' : 'out'}` : event.type;
}

type Samples = {
  /** Types of message that this family sends. */
  readonly types: readonly number[];
  /** What may lie on the line between frames. */
  readonly between: readonly Uint8Array[];
  /** A slot's status, as hex. */
  readonly status: string;
};

export function framingLaws(name: string, dialect: CcidDialect, { types, between, status }: Samples): void {
  const found = foundBy(dialect);
  const message = fc
    .tuple(fc.constantFrom(...types), fc.uint8Array({ minLength: 5, maxLength: 5 }), fc.uint8Array({ maxLength: 261 }))
    .map(([type, rest, data]) => Uint8Array.of(type, data.length & 0xff, data.length >> 8, 0, 0, ...rest, ...data));

  describe(`${name} frames`, () => {
    test('for all messages: the frame gives the message back', () => {
      fc.assert(
        fc.property(message, (some) => {
          expect(found([dialect.frame(some)])).toEqual([hex(some)]);
        }),
      );
    });

    test('for all rows of frames and of what lies between them: any chunking gives the same', () => {
      const part = fc.oneof(
        message.map((some) => dialect.frame(some)),
        fc.constantFrom(...between),
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
          const frame = dialect.frame(some);
          expect(found([frame.subarray(0, cut % frame.length)], { quiet: true })).not.toContain(hex(some));
        }),
      );
    });

    test('for all messages: no frame with a changed byte is accepted', () => {
      fc.assert(
        fc.property(message, fc.nat(), fc.integer({ min: 1, max: 255 }), (some, place, mask) => {
          const frame = Uint8Array.from(dialect.frame(some));
          const at = place % frame.length;
          frame[at] = (frame[at] ?? 0) ^ mask;
          const events = found([frame], { quiet: true });
          expect(events.filter((event) => event.includes(hex(some)) && !event.startsWith('damaged'))).toEqual([]);
        }),
      );
    });

    test('for all noise: the frame that follows after a pause is found', () => {
      fc.assert(
        fc.property(fc.uint8Array({ maxLength: 300 }), (noise) => {
          const decoder = dialect.createDecoder();
          decoder.push(noise, () => {});
          decoder.quiet(() => {});
          const heard: string[] = [];
          decoder.push(dialect.frame(bytes(status)), (event) => heard.push(lineOf(event)));
          expect(heard).toContain(status);
        }),
      );
    });
  });
}
