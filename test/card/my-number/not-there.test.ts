/** What is not on a card, and what only could not be asked for: the first closes a way, the second must not. */
import { describe, expect, test } from 'vitest';
import { openChannel } from '../../../src/card/card-channel.ts';
import { hasCertificate, readTokenLabel } from '../../../src/card/my-number/jpki.ts';
import { MY_NUMBER_CARD } from '../../../src/card/my-number/my-number-card.ts';
import { hasApplication } from '../../../src/card/my-number/select-application.ts';
import { carrierOf, tokenKindOf } from '../../../src/card/my-number/token-kind.ts';
import { moduleWith } from '../fake-module.ts';
import { codeOf } from './card-talk.ts';

const selectJpki = '00 A4 04 0C 0A D3 92 F0 00 26 01 00 00 00 01';
const channelTo = (answers: Record<string, string>) => openChannel(moduleWith(answers).module, 0, new AbortController().signal);

describe('an application', () => {
  const ask = (sw: string) => hasApplication(channelTo({ [selectJpki]: sw }), MY_NUMBER_CARD.jpki);

  test('is there', async () => {
    expect(await ask('90 00')).toEqual({ ok: true, value: true });
  });

  test.each(['6A 82', '6A 81', '6A 86', '6D 00', '6E 00', '69 99'])('is not there: %s', async (sw) => {
    expect(await ask(sw)).toEqual({ ok: true, value: false });
  });

  test.each(['6F 00', '64 00', '65 81', '66 00', '62 83', '69 82'])('may be there: %s', async (sw) => {
    expect(codeOf(await ask(sw))).toBe('CARD-104');
  });
});

describe('the certificate', () => {
  const file = '00 A4 02 0C 02 00 0A';
  const ask = (selected: string, read: string) => hasCertificate(channelTo({ [file]: selected, '00 B0 00 00 04': read }));

  test('is there', async () => {
    expect(await ask('90 00', '30 82 06 00 90 00')).toEqual({ ok: true, value: true });
  });

  test.each([
    ['no file', '6A 82', ''],
    ['an empty file', '90 00', '6B 00'],
    ['an empty file', '90 00', '90 00'],
    ['something else', '90 00', 'FF FF FF FF 90 00'],
  ])('is not there: %s', async (_name, selected, read) => {
    expect(await ask(selected, read)).toEqual({ ok: true, value: false });
  });

  test.each(['6F 00', '64 00', '65 81'])('may be there: %s', async (sw) => {
    expect(codeOf(await ask('90 00', sw))).toBe('CARD-104');
  });
});

test('a token’s label is shown without what would move a terminal’s cursor', async () => {
  const label = `4A 50 4B 49 1B 5B 32 4A 9B 0A 07${' 20'.repeat(21)}`;
  const channel = channelTo({ '00 A4 02 0C 02 00 06': '90 00', '00 B0 00 00 20': `${label} 90 00` });
  expect(await readTokenLabel(channel)).toEqual({ ok: true, value: 'JPKI[2J' });
});

describe('a token', () => {
  test('without token information has an empty label', async () => {
    expect(await readTokenLabel(channelTo({ '00 A4 02 0C 02 00 06': '6A 82' }))).toEqual({ ok: true, value: '' });
  });

  test.each([
    ['JPKIAPICCTOKEN2', 'card', 'card'],
    ['JPKIAPGPSETOKEN', 'android-phone', 'android-phone'],
    ['JPKIAPIOSTOKEN', 'iphone', 'iphone'],
    ['JPKIAPICCTOKEN3', 'unknown-token', 'card'],
    ['', 'unknown-token', 'card'],
    ['constructor', 'unknown-token', 'card'],
  ])('called %j is %s, and taken for %s', (label, kind, carrier) => {
    expect(tokenKindOf(label)).toBe(kind);
    expect(carrierOf(label)).toBe(carrier);
  });
});
