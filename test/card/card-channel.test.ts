import { describe, expect, test } from 'vitest';
import { openChannel } from '../../src/card/card-channel.ts';
import { askTriesLeft, readBinary, verify } from '../../src/card/commands.ts';
import { hasCertificate, readTokenLabel } from '../../src/card/my-number/jpki.ts';
import { readObject } from '../../src/card/read-file.ts';
import { readTriesLeft } from '../../src/card/tries.ts';
import type { Fault } from '../../src/faults/result.ts';
import { cardOf, openCounter, unhurried } from './bench-card.ts';
import { moduleWith } from './fake-module.ts';
import { bytes, hex } from './hex.ts';

const lost: Fault = { code: 'CARD-104' };

function channelTo(answers: Parameters<typeof moduleWith>[0]) {
  const { module, sent } = moduleWith(answers);
  return { channel: openChannel(module, 0, unhurried), sent };
}

describe('what every sender owes a card', () => {
  test('61XX: the rest is fetched, however often', async () => {
    const { channel, sent } = channelTo({
      '00 B0 00 00 04': '01 61 02',
      '00 C0 00 00 02': '02 61 01',
      '00 C0 00 00 01': '03 90 00',
    });
    const answer = await channel.send(readBinary(0, 4));
    expect(answer).toEqual({ ok: true, value: { data: bytes('01 02 03'), sw: 0x9000 } });
    expect(sent).toHaveLength(3);
  });

  test('61XX without end is given up', async () => {
    const { channel } = channelTo({ '00 B0 00 00 04': '61 02', '00 C0 00 00 02': '01 61 02' });
    expect(await channel.send(readBinary(0, 4))).toMatchObject({ fault: { code: 'CARD-104' } });
  });

  test('6CXX: once again with the Le that it names, and no third time', async () => {
    const { channel, sent } = channelTo({ '00 B0 00 00 00': '6C 04', '00 B0 00 00 04': '6C 02' });
    expect(await channel.send(readBinary(0, 256))).toMatchObject({ value: { sw: 0x6c02 } });
    expect(sent).toEqual(['00 B0 00 00 00', '00 B0 00 00 04']);
  });
});

describe('a lost answer', () => {
  test('of a command that changes nothing is asked for once more', async () => {
    const { channel, sent } = channelTo({ '00 20 00 80': [lost, '63 C3'] });
    expect(await channel.send(askTriesLeft)).toMatchObject({ value: { sw: 0x63c3 } });
    expect(sent).toHaveLength(2);
  });

  test('of VERIFY is not', async () => {
    const { channel, sent } = channelTo({ '00 20 00 80 04 31 32 33 34': [lost, '90 00'] });
    expect(await channel.send(verify(bytes('31 32 33 34')))).toEqual({ ok: false, fault: lost });
    expect(sent).toHaveLength(1);
  });
});

test('after its signal has aborted nothing is sent', async () => {
  const { module, sent } = moduleWith({});
  expect((await openChannel(module, 0, AbortSignal.abort()).send(askTriesLeft)).ok).toBe(false);
  expect(sent).toEqual([]);
});

describe('reading', () => {
  test('goes as far as the object at the beginning, in the chunks that the card gives', async () => {
    const { channel, sent } = channelTo({
      '00 B0 00 00 00': '30 82 00 04 01 90 00',
      '00 B0 00 05 03': '02 03 90 00',
      '00 B0 00 07 01': '04 90 00',
    });
    const object = await readObject(channel, 0x30);
    expect(object.ok && hex(object.value)).toBe('30 82 00 04 01 02 03 04');
    expect(sent).toHaveLength(3);
  });

  test('ends at a file that is shorter than it says', async () => {
    const { channel } = channelTo({ '00 B0 00 00 00': '30 82 00 04 01 90 00', '00 B0 00 05 03': '6B 00' });
    expect(await readObject(channel, 0x30)).toMatchObject({ fault: { code: 'CARD-104' } });
  });

  test('ends at a card that answers 9000 with nothing', async () => {
    const { channel } = channelTo({ '00 B0 00 00 00': '30 82 00 04 01 90 00', '00 B0 00 05 03': '90 00' });
    expect(await readObject(channel, 0x30)).toMatchObject({ fault: { code: 'CARD-104' } });
  });

  test('finds nothing in an empty file', async () => {
    const { channel } = channelTo({ '00 B0 00 00 00': '6B 00' });
    expect(await readObject(channel, 0x30)).toEqual({ ok: true, value: new Uint8Array(0) });
  });
});

test.each([
  ['63 C3', 3],
  ['63 C0', 0],
  ['69 84', 0],
  ['69 83', 0],
])('a key that says %s has %i tries left', async (answer, tries) => {
  const { channel } = channelTo({ '00 20 00 80': answer });
  expect(await readTriesLeft(channel)).toEqual({ ok: true, value: tries });
});

describe('the authentication certificate', () => {
  test.each([
    ['is there', '90 00', '30 82 05 00 90 00', true],
    ['has no file', '6A 82', '', false],
    ['has an empty file', '90 00', '6B 00', false],
    ['was never written', '90 00', 'FF FF FF FF 90 00', false],
  ])('%s', async (_name, selected, head, there) => {
    const { channel } = channelTo({ '00 A4 02 0C 02 00 0A': selected, '00 B0 00 00 04': head });
    expect(await hasCertificate(channel)).toEqual({ ok: true, value: there });
  });
});

test('the token label tells a card from a phone', async () => {
  const counter = await openCounter();
  await counter.start();
  await counter.place(await cardOf('adult'));
  await counter.settle(counter.port.survey(unhurried));
  const channel = openChannel(counter.module, 0, unhurried);
  await counter.settle(channel.send({ ...askTriesLeft, ins: 0xa4, p1: 4, p2: 0x0c, data: bytes('D392F000260100000001') }));
  expect(await counter.settle(readTokenLabel(channel))).toEqual({ ok: true, value: 'JPKIAPICCTOKEN2' });
  await counter.close();
});
