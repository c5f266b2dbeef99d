import { describe, expect, test } from 'vitest';
import { acsDialect } from '../../../../src/card/module/ccid/acs-dialect.ts';
import { bytes } from '../../hex.ts';
import { ACCEPTED, CONTACT_CARD_IN, CONTACTLESS_CARD_IN, REFUSED } from './acs-samples.ts';
import { foundBy, framingLaws } from './framing-laws.ts';

const status = '81 00 00 00 00 00 07 00 81 00';
const statusFrame = bytes(`02 ${status} 07 03`);
const found = foundBy(acsDialect);

framingLaws('acs', acsDialect, {
  types: [0x80, 0x81, 0x82, 0x83],
  between: [ACCEPTED, REFUSED.checksum, '02 50 0C 5C 03', '02', '00 55 02'].map(bytes),
  status,
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
