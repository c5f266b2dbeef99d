/** Whatever a card answers: dialogues end with a Result, and believe nothing that is not signed. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readCheckedAgeRecord } from '../../../src/card/my-number/age-record.ts';
import { readCheckedAttributes } from '../../../src/card/my-number/attributes.ts';
import { readBasicInformation } from '../../../src/card/my-number/basic-information.ts';
import { readCheckedPictures } from '../../../src/card/my-number/card-face.ts';
import { readCardStatus } from '../../../src/card/my-number/card-status.ts';
import { readCardRecord } from '../../../src/card/my-number/common-card.ts';
import { proveHolder } from '../../../src/card/my-number/jpki.ts';
import { cardOfPersona } from '../../bench/card/card-talk.ts';
import { ascii, benchTrust, talkTo } from './card-talk.ts';

const statusWord = fc.constantFrom('9000', '9000', '9000', '63C3', '6300', '6982', '6A82', '6B00', '6C10', '6105', '6D00');
const head = fc.constantFrom('', '3082', 'FF2082', 'FF3081', '7F2182', 'FF10', '011C', 'DF', '5F4E');
const answer = fc
  .tuple(head, fc.uint8Array({ maxLength: 260 }), statusWord)
  .map(([start, data, sw]) => Uint8Array.from(Buffer.from(start + Buffer.from(data).toString('hex') + sw, 'hex')));

test('for all answers', async () => {
  const card = await cardOfPersona('adult');
  const trust = await benchTrust();
  await fc.assert(
    fc.asyncProperty(fc.array(answer, { minLength: 1, maxLength: 12 }), async (answers) => {
      const anew = () => {
        let next = 0;
        return talkTo(card, () => answers[next++ % answers.length]).channel;
      };
      const believed = await Promise.all([
        readCheckedPictures(anew(), trust),
        readCheckedAttributes(anew(), trust),
        readCheckedAgeRecord(anew(), ascii('560514'), trust),
        proveHolder(anew(), new Uint8Array(32)),
      ]);
      expect(believed.map(({ ok }) => ok)).toEqual([false, false, false, false]);
      for (const told of [readCardStatus(anew()), readBasicInformation(anew()), readCardRecord(anew())]) {
        expect(typeof (await told).ok).toBe('boolean');
      }
    }),
    { numRuns: 150 },
  );
});

test('for all answers spoilt in one byte: attributes are as the card holds them, or not believed', async () => {
  const card = await cardOfPersona('adult');
  const trust = await benchTrust();
  let believed = 0;
  const command = fc.record({ nth: fc.nat(25), at: fc.nat(300), xor: fc.integer({ min: 1, max: 255 }) });
  await fc.assert(
    fc.asyncProperty(command, async ({ nth, at, xor }) => {
      let count = 0;
      const { channel } = talkTo(card, (_asked, given) => {
        const hit = count++ === nth ? at % given.length : -1;
        return given.map((byte, index) => (index === hit ? byte ^ xor : byte));
      });
      card.answer(Buffer.from('00A4040C0AD3921000310001010408', 'hex'));
      card.answer(Buffer.from('002000910431323334', 'hex'));
      const attributes = await readCheckedAttributes(channel, trust);
      if (!attributes.ok) return;
      believed++;
      expect(Buffer.from(attributes.value.birth).toString()).toBe('19810514');
    }),
    { numRuns: 150 },
  );
  expect(believed).toBeGreaterThan(10);
});
