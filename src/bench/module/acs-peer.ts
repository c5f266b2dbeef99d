/**
 * A card module as an ACR1281S is one: a contactless and a contact slot, both at APDU level (ACR1281S specification V1.01).
 *
 *   host    02 CCID XOR 03
 *   module                  02 00 00 03 (accepted)   02 CCID XOR 03 (answer)
 *
 * It powers up at 9600 and without telling of card movements; Escape `44 xx` changes both, its answer still coming at the
 * old rate. Bytes at a wrong rate are garbage. While it works on a command it hears nothing.
 */
import { ascii, concat } from '../card/bytes.ts';
import type { VirtualCard } from '../card/virtual-card.ts';
import { ACS_STATUS, acsFrame, acsMovementFrame, acsStatusFrame, matchAcsFrame } from './acs-frames.ts';
import { createApduLink } from './card-link.ts';
import type { CcidCore, CcidFamily } from './ccid-family.ts';
import { createCcidPeer } from './ccid-peer.ts';
import { CcidSlot } from './ccid-slot.ts';
import { contactlessAtr } from './contactless-atr.ts';
import type { ModulePeer, ModulePeerOptions } from './module-peer.ts';
import { createRatedWire, type RatedWire } from './rated-wire.ts';

const POWER_UP_BAUD = 9_600;
const RATES = [9_600, 19_200, 38_400, 57_600, 115_200, 128_000, 230_400, 250_000, 256_000, 500_000];
const BITS_8N1 = 10;
const TELL_MOVEMENTS = 0x80;
/** A frame waiting time at FWI 10, as a My Number card's ATQB says (ISO/IEC 14443-4 §7.2). */
const WAIT_MS = 309;
const FIRMWARE = ascii('KAZASU ACR1281S');
const GET_FIRMWARE = 'e000001800';
const SET_SERIAL_MODE = /^44([0-9a-f]{2})$/;
/** Its bError where all is well and a card is there, in every sample of the specification. */
const ERROR_OF_SUCCESS = 0x81;

/** Whatever `baudRate` says, it begins at 9600: the host raises it. */
export function createAcsPeer(options: ModulePeerOptions): ModulePeer {
  const wire = createRatedWire({ wire: options.wire, clock: options.clock, baudRate: POWER_UP_BAUD });
  wire.setBaudRate(POWER_UP_BAUD);
  return createCcidPeer({ ...options, wire, baudRate: POWER_UP_BAUD }, BITS_8N1, (core) => createFamily(core, wire));
}

function createFamily(core: CcidCore, wire: RatedWire): CcidFamily {
  let tellsMovements = false;

  function setBaudRate(baudRate: number): void {
    core.uart.setBaudRate(baudRate);
    wire.setBaudRate(baudRate);
  }

  function answerEscape(request: string): Uint8Array | undefined {
    if (request === GET_FIRMWARE) return concat(Uint8Array.of(0xe1, 0, 0, 0, FIRMWARE.length), FIRMWARE);
    const [, digits] = SET_SERIAL_MODE.exec(request) ?? [];
    if (digits === undefined) return undefined;
    const mode = Number.parseInt(digits, 16);
    const baudRate = RATES[mode & 0x0f];
    if (baudRate === undefined) return undefined;
    tellsMovements = (mode & TELL_MOVEMENTS) !== 0;
    core.onceAnswered(() => setBaudRate(baudRate));
    return Uint8Array.of(0x90, mode);
  }

  const link = (slot: CcidSlot, card: VirtualCard) => createApduLink((apdu) => core.execute(slot, card, apdu));
  const contactless: CcidSlot = new CcidSlot({
    escape: answerEscape,
    errorOfSuccess: ERROR_OF_SUCCESS,
    powersOff: false,
    senses: (card) => card.contactless !== undefined,
    connect(card) {
      const answers = card.powerOn() !== undefined && card.contactless;
      return answers ? { atr: contactlessAtr(answers), link: link(contactless, card) } : undefined;
    },
  });
  const contact: CcidSlot = new CcidSlot({
    escape: answerEscape,
    errorOfSuccess: ERROR_OF_SUCCESS,
    connect(card) {
      const atr = card.powerOn();
      return atr && { atr, link: link(contact, card) };
    },
  });
  const slots = [contactless, contact];

  return {
    slots,
    match: matchAcsFrame,
    frame: acsFrame,
    checkFromEnd: 2,
    carriesBlocks: false,
    hasTimeRequests: false,
    deafAtWork: true,
    waitMs: WAIT_MS,
    lateFrame: acsStatusFrame(ACS_STATUS.timeOut),
    holdsMovements: false,
    acknowledge: (_frame, refusal) => acsStatusFrame(refusal ? (refusal.status ?? ACS_STATUS.checksum) : ACS_STATUS.accepted),
    movement(moved) {
      if (!tellsMovements) return new Uint8Array();
      const bits = slots.map((slot, number) => ((slot.occupied ? 1 : 0) | (number === moved ? 2 : 0)) << (2 * number));
      return acsMovementFrame(bits.reduce((states, each) => states | each, 0));
    },
    restart() {
      tellsMovements = false;
      setBaudRate(POWER_UP_BAUD);
    },
  };
}
