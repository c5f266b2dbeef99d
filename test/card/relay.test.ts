import { expect, test } from 'vitest';
import { relayCommands } from '../../src/card/relay.ts';
import { moduleWith } from './fake-module.ts';
import { bytes } from './hex.ts';

const signal = new AbortController().signal;
const wellDone = '00 A4 02 0C 02 00 18';

test.each([
  ['VERIFY', '00 20 00 80 04 31 32 33 34'],
  ['VERIFY with a needless Le', '00 20 00 80 04 31 32 33 34 00'],
  ['VERIFY with BER-TLV', '00 21 00 80 06 53 04 31 32 33 34'],
  ['VERIFY in another class', '0C 20 00 80 04 31 32 33 34'],
  ['CHANGE REFERENCE DATA', '00 24 00 80 08 31 32 33 34 35 36 37 38'],
  ['DISABLE VERIFICATION', '00 26 00 80 04 31 32 33 34'],
  ['ENABLE VERIFICATION', '00 28 00 80 04 31 32 33 34'],
  ['RESET RETRY COUNTER', '00 2C 00 80 08 31 32 33 34 35 36 37 38'],
  ['VERIFY whose length does not fit', '00 20 00 80 04 31 32 33 34 00 00'],
  ['VERIFY in an ENVELOPE', '00 C2 00 00 09 00 20 00 80 04 31 32 33 34'],
  ['VERIFY in an ENVELOPE of BER-TLV', '00 C3 00 00 0B 53 09 00 20 00 80 04 31 32 33 34'],
  ['VERIFY in a frame that the module itself is told to send', 'FF 00 00 00 0C D4 40 01 00 20 00 80 04 31 32 33 34'],
  ['VERIFY cut short', '00 20 00 80 04 31 32'],
])('what may spend a try ends the relay and never reaches the card: %s', async (_name, command) => {
  const { module, sent } = moduleWith({ [wellDone]: '90 00' });
  const relayed = await relayCommands(module, 0, [bytes(wellDone), bytes(command), bytes(wellDone)], signal);
  expect(relayed).toMatchObject({ ok: false, fault: { code: 'CARD-109' } });
  expect(sent).toEqual([wellDone]);
});

test('asking for the tries left spends none, and is passed on', async () => {
  const { module, sent } = moduleWith({ '00 20 00 80': '63 C3' });
  const relayed = await relayCommands(module, 0, [bytes('00 20 00 80')], signal);
  expect(relayed).toEqual({ ok: true, value: [bytes('63 C3')] });
  expect(sent).toHaveLength(1);
});
