/** The counters of PIN and password as OpenSC sees them, with the simulated reader between. */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { VirtualCard } from '../../src/bench/card/virtual-card.ts';
import type { Persona } from '../../src/bench/personas.ts';
import { issued, JPKI, selectFile, verify } from '../bench/card/card-talk.ts';
import { type JudgedReader, openJudgedReader } from './judged-reader.ts';
import { sendByOpensc, sendByScriptor } from './send-apdus.ts';
import { signCommand } from './user-keys.ts';
import { openWorkshop, type Workshop } from './workshop.ts';

let workshop: Workshop;
let reader: JudgedReader | undefined;

beforeAll(async () => {
  workshop = await openWorkshop();
});
afterEach(async () => {
  await reader?.close();
  reader = undefined;
});
afterAll(() => workshop?.close());

async function cardInReader(changes: Partial<Persona> = {}): Promise<{ card: VirtualCard; reader: JudgedReader }> {
  const { card } = await issued(changes);
  reader = await openJudgedReader(workshop, card);
  return { card, reader };
}

/** How many tries pkcs15-tool finds left for PIN and password. */
async function triesLeft(of: JudgedReader): Promise<number[]> {
  const list = await of.succeed('pkcs15-tool', '--list-pins');
  return [...list.matchAll(/Tries left +: (\d+)/g)].map((match) => Number(match[1]));
}

test('a wrong PIN costs one try, and the right one gives all back: 3, 2, 3', async () => {
  const { card, reader } = await cardInReader();
  expect(await triesLeft(reader)).toEqual([3, 5]);
  const wrong = await reader.run('pkcs15-tool', '--verify-pin', '--auth-id', '01', '--pin', '9999');
  expect(wrong.stderr).toContain('PIN code or key incorrect');
  expect(await triesLeft(reader)).toEqual([2, 5]);
  await reader.succeed('pkcs15-tool', '--verify-pin', '--auth-id', '01', '--pin', '1234');
  expect(await triesLeft(reader)).toEqual([3, 5]);
  expect(card.statistics.pinVerifies).toBe(2);
});

test('asking how many tries are left spends none', async () => {
  const { card, reader } = await cardInReader({ pinTriesLeft: 1 });
  await reader.succeed('pkcs15-tool', '--dump');
  expect(await triesLeft(reader)).toEqual([1, 5]);
  expect(card.statistics.verifies).toBe(0);
});

test('the last wrong try is answered 63C0, and every one after it 6984, the right one too', async () => {
  const { reader } = await cardInReader();
  const tries = ['0000', '1111', '2222', '3333', '1234'].map(verify);
  const answers = await sendByOpensc(reader, [JPKI, selectFile('0018'), ...tries, '00200080']);
  expect(answers).toEqual(['9000', '9000', '63C2', '63C1', '63C0', '6984', '6984', '63C0']);
});

test('OpenSC still takes a locked card for what it is, and cannot sign with it', async () => {
  const { card, reader } = await cardInReader({ pinTriesLeft: 0 });
  expect(await reader.succeed('opensc-tool', '--name')).toBe('jpki\n');
  expect(await triesLeft(reader)).toEqual([0, 5]);
  const { stderr } = await reader.run('pkcs15-tool', '--verify-pin', '--auth-id', '01', '--pin', '1234');
  expect(stderr).toContain('Operation failed');
  expect(card.statistics.signatures).toBe(0);
});

test('selecting the application anew ends what a PIN opened, and a reset the application too', async () => {
  const { reader } = await cardInReader();
  const sign = signCommand(Buffer.from('a message'));
  const enter = [JPKI, selectFile('0018'), verify('1234'), selectFile('0017')];
  const anew = [JPKI, selectFile('0017'), sign];
  const answers = await sendByScriptor(reader, workshop, [
    ...enter,
    sign,
    ...anew,
    ...enter,
    'reset',
    selectFile('0017'),
    ...anew,
  ]);
  const [opened, reselected, after] = [answers.slice(0, 5), answers.slice(5, 8), answers.slice(12)];
  expect(opened.slice(0, 4)).toEqual(['9000', '9000', '9000', '9000']);
  expect(opened[4]).toMatch(/^[0-9A-F]{512}9000$/);
  expect(reselected).toEqual(['9000', '9000', '6982']);
  expect(after).toEqual(['6A82', '9000', '9000', '6982']);
});
