/** A card that answers one command in a way that ISO/IEC 7816-4 allows and a reader seldom meets. */
import { parseCommand } from '../../src/bench/card/command.ts';
import type { VirtualCard } from '../../src/bench/card/virtual-card.ts';

/** 61XX: the data waits for GET RESPONSE. 6CXX: ask again with this Le. 6F00: no reason given, nothing done. */
export type Quirk = '61XX' | '6CXX' | '6F00';

const GET_RESPONSE = 0xc0;

/** @param quirkNow is asked at each command but GET RESPONSE */
export function withQuirk(card: VirtualCard, quirkNow: () => Quirk | undefined): VirtualCard {
  let held: Uint8Array | undefined;

  function answer(command: Uint8Array): Uint8Array {
    if (held && command[1] === GET_RESPONSE) {
      const response = Uint8Array.of(...held, 0x90, 0x00);
      held = undefined;
      return response;
    }
    const quirk = quirkNow();
    if (quirk === '6F00') return Uint8Array.of(0x6f, 0x00);
    const response = card.answer(command);
    const dataLength = response.length - 2;
    if (quirk === undefined || dataLength === 0) return response;
    if (quirk === '6CXX') return parseCommand(command)?.le === dataLength ? response : Uint8Array.of(0x6c, dataLength & 0xff);
    held = response.slice(0, -2);
    return Uint8Array.of(0x61, dataLength & 0xff);
  }

  const { statistics, contactless, holder } = card;
  return {
    answer,
    powerOn: () => card.powerOn(),
    powerOff: () => card.powerOff(),
    statistics,
    ...(contactless && { contactless }),
    ...(holder && { holder }),
  };
}
