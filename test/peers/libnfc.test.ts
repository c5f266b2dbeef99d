/** libnfc takes the simulated PN532 and its card for real. */
import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { JPKI, selectFile, verify } from '../bench/card/card-talk.ts';
import { type CardWithFace, cardFaceIn, cardWithFace, createWireTime, readsOf } from './card-face.ts';
import { type JudgedNfcModule, openJudgedNfcModule } from './judged-nfc-module.ts';
import * as userKeys from './user-keys.ts';
import { openWorkshop, type Workshop } from './workshop.ts';

const BITS_8N1 = 10;
/** A second or so is due, some seconds on a busy machine; longer than this, something was waited for in vain. */
const SLOWEST_MS = 20_000;

let workshop: Workshop;
let face: CardWithFace;
let module: JudgedNfcModule | undefined;

beforeAll(async () => {
  workshop = await openWorkshop();
  face = await cardWithFace();
});
afterEach(async () => {
  await module?.close();
  module = undefined;
});
afterAll(() => workshop?.close());

test('nfc-list finds the Type B card, with what its ATQB says', async () => {
  module = await openJudgedNfcModule(workshop, face.card);
  const { code, stdout } = await module.run('nfc-list');
  expect(code).toBe(0);
  expect(stdout.toString()).toMatch(/ISO14443B passive target/);
  expect(stdout.toString()).toMatch(/Application Data: 00 {2}00 {2}05 {2}e0/);
  expect(stdout.toString()).toMatch(/Protocol Info: b3 {2}81 {2}a1/);
  expect(stdout.toString()).not.toMatch(/ISO14443A|Felica/);
});

test('nfc-list finds nothing where no card lies', async () => {
  module = await openJudgedNfcModule(workshop, face.card);
  module.peer.remove();
  const { code, stdout } = await module.run('nfc-list');
  expect(code).toBe(0);
  expect(stdout.toString()).toMatch(/NFC device: .* opened/);
  expect(stdout.toString()).not.toMatch(/target/);
});

test.each([115_200, 460_800])('at %i baud the card face comes byte for byte, at the pace of the line', async (baudRate) => {
  const wire = createWireTime();
  module = await openJudgedNfcModule(workshop, face.card, { baudRate, paced: true, waits: wire.waits });
  expect(cardFaceIn(await module.send([...face.open, ...readsOf(face)]))).toEqual(face.cardFace);
  const { wireMs, totalMs, ratio } = wire.result();
  expect(wireMs).toBeGreaterThan((face.cardFace.length * BITS_8N1 * 1000) / baudRate);
  expect(totalMs).toBeLessThan(SLOWEST_MS);
  console.log(
    `libnfc at ${baudRate}: ${face.cardFace.length} B, wire ${wireMs.toFixed(0)} ms of ${totalMs.toFixed(0)} ms, ratio ${ratio.toFixed(2)}`,
  );
});

test('an answer that no frame holds comes in two, the first announcing the second', async () => {
  module = await openJudgedNfcModule(workshop, face.card);
  // 261 bytes and the status word: one more than a PN532 puts into a frame, and the most that libnfc takes.
  expect(cardFaceIn(await module.send([...face.open, ...readsOf(face, 261)]))).toEqual(face.cardFace);
});

test('without PIN the card signs nothing; with it, and asking for time twice, what OpenSSL verifies', async () => {
  const waitingTimes = (command: Uint8Array) => (command[1] === 0x2a ? 2 : 0);
  module = await openJudgedNfcModule(workshop, face.card, { waitingTimes });
  const message = randomBytes(64);
  const sign = userKeys.signCommand(message);
  const apdus = [JPKI, selectFile('0017'), sign, selectFile('0018'), verify('1234'), selectFile('0017'), sign];
  const [, , refused, , , , signed = ''] = await module.send(apdus);
  expect(refused).toBe('6982');
  expect(signed).toMatch(/^[0-9A-F]{512}9000$/);
  const certificate = userKeys.fileOfCard(face.card, '000A');
  const bytes = Buffer.from(signed.slice(0, -4), 'hex');
  expect(await userKeys.opensslVerdict(workshop, certificate, message, bytes)).toBe('Verified OK');
});

test('a card that is taken away ends the program by an error, and the next one works', async () => {
  module = await openJudgedNfcModule(workshop, face.card);
  module.peer.faults.add({ fault: { kind: 'tear' }, apdu: 3 });
  await expect(module.send([...face.open, ...readsOf(face)])).rejects.toThrow('libnfc');
  module.peer.insert(face.card);
  expect(cardFaceIn(await module.send([...face.open, ...readsOf(face)]))).toEqual(face.cardFace);
});
