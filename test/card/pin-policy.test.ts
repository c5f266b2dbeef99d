import { expect, test } from 'vitest';
import { openChannel } from '../../src/card/card-channel.ts';
import { verifyPinOnce } from '../../src/card/pin-policy.ts';
import { moduleWith } from './fake-module.ts';
import { bytes } from './hex.ts';

const selectJpki = '00 A4 04 0C 0A D3 92 F0 00 26 01 00 00 00 01';
const selectPin = '00 A4 02 0C 02 00 18';
const askTries = '00 20 00 80';
const entry = '00 20 00 80 04 31 32 33 34';
const signal = new AbortController().signal;

/** A card that counts so many tries, and takes the entry 1234. */
function cardCounting(triesLeft: number) {
  return moduleWith({ [selectJpki]: '90 00', [selectPin]: '90 00', [askTries]: `63 C${triesLeft}`, [entry]: '90 00' });
}

test.each([
  { told: 3, counts: 2 },
  { told: 3, counts: 1 },
  { told: 2, counts: 3 },
  { told: 1, counts: 3 },
])('nothing is sent to a card that counts $counts when the patient was told $told', async ({ told, counts }) => {
  const { module, sent } = cardCounting(counts);
  const verdict = await verifyPinOnce(openChannel(module, 0, signal), bytes('31 32 33 34'), told);
  expect(verdict).toMatchObject({ ok: false, fault: { code: 'PIN-303' } });
  expect(sent).toEqual([selectJpki, selectPin, askTries]);
});

test('one entry is one VERIFY to a card that counts what the patient was told', async () => {
  const { module, sent } = cardCounting(3);
  const verdict = await verifyPinOnce(openChannel(module, 0, signal), bytes('31 32 33 34'), 3);
  expect(verdict).toEqual({ ok: true, value: { at: 'right' } });
  expect(sent.filter((command) => command === entry)).toHaveLength(1);
});
