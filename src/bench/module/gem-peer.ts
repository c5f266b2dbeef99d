/**
 * A card module as a GemPC Twin is one, or another of its family. Card movements are the unframed bytes 50 02 (out) and
 * 50 03 (in).
 *
 *   host    03 06 CCID LRC
 *   module                  03 06 CCID LRC (echo)   [50 02|03]   03 06 CCID LRC (answer)
 *
 * Movements are told at once after power-up, and only between echo and answer after Escape 01 01 01.
 */
import { ascii, concat } from '../card/bytes.ts';
import { createBlockLink } from './card-link.ts';
import { createCcidPeer } from './ccid-peer.ts';
import { CcidSlot } from './ccid-slot.ts';
import { gemFrame, matchGemFrame, NAK_FRAME } from './gem-frames.ts';
import { type GemVariant, type GemVariantName, gemVariants } from './gem-variants.ts';
import type { ModulePeer, ModulePeerOptions } from './module-peer.ts';

export type GemPeerOptions = ModulePeerOptions & {
  /** GemPC Twin when absent. */
  readonly variant?: GemVariantName;
};

const CARD_OUT = Uint8Array.of(0x50, 0x02);
const CARD_IN = Uint8Array.of(0x50, 0x03);
const HOLD_MOVEMENTS = '010101';
const BITS_8N2 = 11;
const NOTHING = new Uint8Array();

/** Its rate is fixed: `baudRate` is how fast the simulated line is, whatever rate the host has set. */
export function createGemPeer(options: GemPeerOptions): ModulePeer {
  const { waitingTimes, baudRate = 115_200 } = options;
  const variant: GemVariant = gemVariants[options.variant ?? 'GemPCTwin'];
  return createCcidPeer({ ...options, baudRate }, BITS_8N2, (core) => {
    let holdsMovements = false;

    function answerEscape(request: string): Uint8Array | undefined {
      if (request === variant.firmwareEscape) return ascii(variant.firmware);
      if (request !== HOLD_MOVEMENTS || !variant.canHoldMovements) return undefined;
      holdsMovements = true;
      return NOTHING;
    }

    function createSlot(): CcidSlot {
      const slot: CcidSlot = new CcidSlot({
        escape: answerEscape,
        connect(card) {
          const atr = card.powerOn();
          const execute = (apdu: Uint8Array) => core.execute(slot, card, apdu);
          return atr && { atr, link: createBlockLink({ atr, execute, ...(waitingTimes && { waitingTimes }) }) };
        },
      });
      return slot;
    }

    return {
      slots: Array.from({ length: variant.slots }, createSlot),
      match: matchGemFrame,
      frame: gemFrame,
      checkFromEnd: 1,
      carriesBlocks: true,
      hasTimeRequests: true,
      deafAtWork: false,
      acknowledge: ({ raw }, refusal) => concat(variant.echo ? raw : NOTHING, refusal ? NAK_FRAME : NOTHING),
      // The bytes do not say which slot they mean: those of the first alone are told. Inferred.
      movement: (slot, present) => (slot > 0 ? NOTHING : present ? CARD_IN : CARD_OUT),
      get holdsMovements() {
        return holdsMovements;
      },
      restart() {
        holdsMovements = false;
      },
    };
  });
}
