/** Driver and simulator, each held to the samples that the ACR1281S specification prints: neither is the other's witness. */
import { describe, expect, test } from 'vitest';
import {
  ACS_STATUS,
  acsFrame,
  acsMovementFrame,
  acsStatusFrame,
  matchAcsFrame,
} from '../../../../src/bench/module/acs-frames.ts';
import { createFrameReader } from '../../../../src/bench/module/host-frames.ts';
import { acsDialect } from '../../../../src/card/module/ccid/acs-dialect.ts';
import { type CcidRequest, commands, decodeAnswer, encodeRequest } from '../../../../src/card/module/ccid/message.ts';
import { bytes, hex } from '../../hex.ts';
import { ACCEPTED, AGAIN, acsSamples, CONTACT_CARD_IN, CONTACTLESS_CARD_IN, REFUSED } from './acs-samples.ts';

const commandOf = (type: number): CcidRequest['command'] => {
  const entry = Object.entries(commands).find(([, command]) => command.type === type);
  if (!entry) throw new Error(`no command ${type}`);
  return entry[0] as CcidRequest['command'];
};

const readAsModule = (frame: Uint8Array) => createFrameReader(matchAcsFrame).push(frame, 0, 0);

describe.each(acsSamples)('$name', ({ command, says, answer, hears }) => {
  test('the driver sends these bytes', () => {
    const message = encodeRequest({ command: commandOf(says.type), slot: says.slot, data: bytes(says.data) }, 0);
    expect(hex(acsDialect.frame(message))).toBe(command);
  });

  test('the simulator reads them as this command', () => {
    const [heard, ...more] = readAsModule(bytes(command));
    expect(more).toEqual([]);
    if (heard?.says !== 'message') throw new Error(`heard ${heard?.says}`);
    expect(heard.message[0]).toBe(says.type);
    expect(heard.message[5]).toBe(says.slot);
    expect(hex(heard.message.subarray(10))).toBe(says.data);
  });

  test('the simulator frames its answer so', () => {
    expect(hex(acsFrame(bytes(answer).subarray(1, -2)))).toBe(answer);
  });

  test('the driver reads it as this answer', () => {
    const messages: Uint8Array[] = [];
    acsDialect.createDecoder().push(bytes(answer), (event) => event.type === 'message' && messages.push(event.message.slice()));
    const [message] = messages;
    const decoded = message && decodeAnswer(message);
    expect(decoded).toMatchObject({ type: hears.type, slot: hears.slot, card: hears.card, outcome: 'done' });
    expect(hex(decoded?.data ?? new Uint8Array())).toBe(hears.data);
  });
});

describe('status frames, the wish for an answer again, movements', () => {
  test('the simulator sends these', () => {
    expect(hex(acsStatusFrame(ACS_STATUS.accepted))).toBe(ACCEPTED);
    for (const reason of ['checksum', 'length', 'etx', 'slot', 'timeOut'] as const) {
      expect(hex(acsStatusFrame(ACS_STATUS[reason]))).toBe(REFUSED[reason]);
    }
    expect(hex(acsMovementFrame(0x0c))).toBe(`02 ${CONTACT_CARD_IN.message} ${CONTACT_CARD_IN.check} 03`);
    expect(hex(acsMovementFrame(0x07))).toBe(`02 ${CONTACTLESS_CARD_IN.message} ${CONTACTLESS_CARD_IN.check} 03`);
  });

  test('the driver asks so, and the simulator knows it', () => {
    expect(hex(acsDialect.askAgain ?? new Uint8Array())).toBe(AGAIN);
    expect(readAsModule(bytes(AGAIN))).toMatchObject([{ says: 'again' }]);
  });

  test('the simulator refuses what it must, each for its own reason', () => {
    const refusalOf = (frame: string) =>
      readAsModule(bytes(frame)).map((heard) => (heard.says === 'damaged' ? heard.status : heard.says));
    expect(refusalOf('02 62 00 00 00 00 01 00 00 00 00 62 03')).toEqual([ACS_STATUS.checksum]);
    expect(refusalOf('02 62 00 00 00 00 01 00 00 00 00 63 04')).toEqual([ACS_STATUS.etx]);
    expect(refusalOf('02 62 00 00 00 00 02 00 00 00 00 60 03')).toEqual([ACS_STATUS.slot]);
    expect(refusalOf('02 6F 06 01 00 00 00 00 00 00 00')).toEqual([ACS_STATUS.length]);
  });
});
