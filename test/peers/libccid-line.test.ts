/** libccid on a line that has a speed, with a card that asks for time and a module that does. */
import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { GemPeerOptions } from '../../src/bench/module/gem-peer.ts';
import { type CardWithFace, cardFaceIn, cardWithFace, createWireTime, readsOf } from './card-face.ts';
import { type JudgedReader, openJudgedReader } from './judged-reader.ts';
import { sendByScriptor } from './send-apdus.ts';
import * as userKeys from './user-keys.ts';
import { openWorkshop, type Workshop } from './workshop.ts';

const BITS_8N2 = 11;
/** Less than two seconds are due, some seconds on a busy machine; longer than this, something was waited for in vain. */
const SLOWEST_MS = 20_000;

let workshop: Workshop;
let face: CardWithFace;
let certificate: Buffer;
let reader: JudgedReader | undefined;

beforeAll(async () => {
  workshop = await openWorkshop();
  face = await cardWithFace();
  certificate = userKeys.fileOfCard(face.card, userKeys.authentication.certificateFile);
});
afterEach(async () => {
  await reader?.close();
  reader = undefined;
});
afterAll(() => workshop?.close());

async function open(options: Partial<GemPeerOptions>): Promise<JudgedReader> {
  reader = await openJudgedReader(workshop, face.card, options);
  return reader;
}

async function certificateAndSignatureHold(of: JudgedReader): Promise<void> {
  const message = randomBytes(64);
  expect(await userKeys.certificateBy(of, workshop, '01')).toEqual(certificate);
  const signed = await userKeys.signByPkcs15(of, workshop, userKeys.authentication, message);
  expect(await userKeys.opensslVerdict(workshop, certificate, message, signed)).toBe('Verified OK');
}

const isRead = (command: Uint8Array) => command[1] === 0xb0;
const isSign = (command: Uint8Array) => command[1] === 0x2a;
const isReadOrSign = (command: Uint8Array) => isRead(command) || isSign(command);

test.each(['GemPCTwin', 'GemCoreSIMPro'] as const)(
  '%s at 115200: the card face comes byte for byte, at the pace of the line',
  async (variant) => {
    const wire = createWireTime();
    const reader = await open({ variant, paced: true, waits: wire.waits });
    expect(face.cardFace.length).toBeGreaterThan(10_000);
    wire.restart();
    expect(cardFaceIn(await sendByScriptor(reader, workshop, [...face.open, ...readsOf(face)]))).toEqual(face.cardFace);
    const { wireMs, totalMs, ratio } = wire.result();
    expect(wireMs).toBeGreaterThan((face.cardFace.length * BITS_8N2 * 1000) / 115_200);
    expect(totalMs).toBeLessThan(SLOWEST_MS);
    console.log(
      `libccid, ${variant}: ${face.cardFace.length} B, wire ${wireMs.toFixed(0)} ms of ${totalMs.toFixed(0)} ms, ratio ${ratio.toFixed(2)}`,
    );
  },
);

test('a card that asks for time by S(WTX) before READ and SIGN', async () => {
  let askedOf = 0;
  const reader = await open({
    waitingTimes(command) {
      if (!isReadOrSign(command)) return 0;
      askedOf++;
      return isSign(command) ? 3 : 1;
    },
  });
  await certificateAndSignatureHold(reader);
  expect(askedOf).toBeGreaterThan(4);
});

// With the echo, libccid takes such a frame for it: only a module that does not repeat commands may send one.
test('a module without echo that asks for time by CCID frames before READ and SIGN', async () => {
  const reader = await open({ variant: 'GemCoreSIMPro' });
  reader.peer.faults.add({ fault: { kind: 'time-extension', times: 2 }, apdu: isReadOrSign, times: 1_000 });
  await certificateAndSignatureHold(reader);
});

test('a module with echo that asks for time by single bytes before READ and SIGN', async () => {
  const reader = await open({ variant: 'GemPCTwin' });
  reader.peer.faults.add({ fault: { kind: 'time-request', times: 3 }, apdu: isReadOrSign, times: 1_000 });
  await certificateAndSignatureHold(reader);
});
