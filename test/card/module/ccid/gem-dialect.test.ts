import { describe, expect, test } from 'vitest';
import { gemDialect } from '../../../../src/card/module/ccid/gem-dialect.ts';
import { bytes, gem, hex } from '../../hex.ts';
import { foundBy, framingLaws } from './framing-laws.ts';

const status = '81 00 00 00 00 00 07 00 00 00';
const statusFrame = gem(status);
const found = foundBy(gemDialect);

framingLaws('gem', gemDialect, {
  types: [0x61, 0x62, 0x65, 0x6b, 0x6f, 0x80, 0x81, 0x82, 0x83],
  between: ['03 15 16', '50 02', '50 03', '80', '00 55 03'].map(bytes),
  status,
});

test('GetSlotStatus as it stands on the wire', () => {
  expect(hex(gemDialect.frame(bytes('65 00 00 00 00 00 07 00 00 00')))).toBe('03 06 65 00 00 00 00 00 07 00 00 00 67');
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
      'slot 0 out',
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
