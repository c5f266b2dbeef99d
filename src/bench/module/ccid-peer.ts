/**
 * A CCID reader at the end of a serial line, whatever its family: it reads frames, accepts or refuses each, lets its slots
 * answer, tells of card movements, and does wrong what it is told to. Whatever comes, it does not throw.
 *
 * The speed is the line's; between module and card no time passes here but what `cardMs` and faults say.
 */
import type { VirtualCard } from '../card/virtual-card.ts';
import { spoil } from './answer-faults.ts';
import { failureOf } from './ccid-answer.ts';
import type { CcidCore, CcidFamily } from './ccid-family.ts';
import { CARD_MUTE, type CcidSlot } from './ccid-slot.ts';
import { createFaultPlan, type PeerFault } from './faults.ts';
import { createFrameReader, type HostFrame, LONGEST_GAP_MS } from './host-frames.ts';
import type { ModulePeer, ModulePeerOptions } from './module-peer.ts';
import type { PeerWire } from './peer-wire.ts';
import { at } from './timely.ts';
import { createUart } from './uart.ts';

export type CcidPeerOptions = ModulePeerOptions & { readonly wire: PeerWire; readonly baudRate: number };

const SLOT_NOT_THERE = 0x05;
/** From an answer's last byte to what is done after it. */
const AFTERWARDS_MS = 5;

export function createCcidPeer(
  options: CcidPeerOptions,
  bitsPerCharacter: number,
  createFamily: (core: CcidCore) => CcidFamily,
): ModulePeer {
  const { wire, clock, baudRate, paced = true } = options;
  const uart = createUart(clock, wire, { baudRate, bitsPerCharacter, paced });
  const faults = createFaultPlan(options.faults);
  const family = createFamily({ uart, execute, onceAnswered: (action) => (thenDo = action) });
  const frames = createFrameReader(family.match);
  let held: Uint8Array[] = [];
  /** Rise with each removal and restart: what was begun before must not go on as if nothing had been. */
  let removals = 0;
  let restarts = 0;
  let apduFault: PeerFault | undefined;
  let workMs = 0;
  let busyUntilMs = 0;
  let thenDo: (() => void) | undefined;
  let lastSaid: Uint8Array | undefined;
  let cancelLate = () => {};

  function execute(slot: CcidSlot, card: VirtualCard, command: Uint8Array): Uint8Array | undefined {
    apduFault = faults.onApdu(command);
    if (apduFault?.kind === 'tear') return takeAway(slot);
    const answer = card.answer(command);
    options.onApdu?.(command, answer);
    workMs = (options.cardMs?.(command) ?? 0) + (family.waitMs ? (options.waitingTimes?.(command) ?? 0) * family.waitMs : 0);
    return apduFault?.kind === 'tear-after' ? takeAway(slot) : answer;
  }

  function takeAway(slot: CcidSlot | undefined): undefined {
    if (!slot?.occupied) return;
    slot.remove();
    removals++;
    tell(slot, false);
  }

  function tell(slot: CcidSlot, present: boolean): void {
    const movement = family.movement(family.slots.indexOf(slot), present);
    if (family.holdsMovements) held.push(movement);
    else uart.send(movement);
    if (movement.length > 0) lastSaid = movement;
  }

  wire.onBytes((bytes) => {
    cancelLate();
    const startMs = uart.arrival(bytes.length);
    const run = restarts;
    for (const frame of frames.push(bytes, startMs, uart.characterMs)) {
      at(clock, frame.endMs, () => {
        if (run === restarts) receive(frame);
      });
    }
    const { lateFrame } = family;
    if (lateFrame && frames.waiting) {
      cancelLate = clock.after(startMs + bytes.length * uart.characterMs + LONGEST_GAP_MS - clock.now(), () => {
        frames.clear();
        uart.send(lateFrame);
      });
    }
  });

  function receive(frame: HostFrame): void {
    if (family.deafAtWork && clock.now() < busyUntilMs) return;
    if (frame.says === 'again') {
      if (lastSaid) uart.send(lastSaid, frame.endMs);
      return;
    }
    const messageFault = frame.says === 'message' ? faults.onMessage(frame.message[0] ?? 0) : undefined;
    if (messageFault?.kind === 'mute') return;
    if (messageFault?.kind === 'reset') {
      reset();
      return;
    }
    const refusal = frame.says === 'damaged' ? frame : messageFault?.kind === 'nak' ? messageFault : undefined;
    uart.send(family.acknowledge(frame, refusal), frame.endMs);
    if (frame.says === 'message' && !refusal) carryOut(frame, messageFault);
  }

  function carryOut(frame: HostFrame & { says: 'message' }, messageFault: PeerFault | undefined): void {
    const { message, startMs, endMs } = frame;
    const slot = family.slots[message[5] ?? 0];
    apduFault = undefined;
    workMs = 0;
    if (messageFault?.kind === 'tear') takeAway(slot);
    const answer = slot ? slot.answer(message) : failureOf(message, SLOT_NOT_THERE);
    if (messageFault?.kind === 'tear-after') takeAway(slot);
    finish({ message, slot, answer, startMs, endMs: endMs + workMs }, apduFault ?? messageFault);
  }

  type Work = {
    readonly message: Uint8Array;
    readonly slot: CcidSlot | undefined;
    readonly answer: Uint8Array;
    /** When the command began to come in, and when the card had done with it. */
    readonly startMs: number;
    readonly endMs: number;
  };

  function finish({ message, slot, answer, startMs, endMs }: Work, fault: PeerFault | undefined): void {
    const [removal, run, afterwards] = [removals, restarts, thenDo];
    thenDo = undefined;
    if (fault?.kind === 'reset') reset();
    if (fault?.kind === 'reset' || fault?.kind === 'mute') return;
    const readyMs = endMs + delayOf(fault);
    busyUntilMs = readyMs;
    at(clock, readyMs, () => {
      if (run !== restarts) return;
      const failed = removal !== removals ? CARD_MUTE : fault?.kind === 'slot-error' ? fault.error : undefined;
      const told = failed === undefined || !slot ? answer : slot.failure(message, failed);
      lastSaid = family.frame(told);
      if (fault?.kind === 'lose-answer') {
        afterwards?.();
        return;
      }
      for (const movement of held.splice(0)) uart.send(movement, readyMs);
      const lastByteMs = uart.send(spoil(told, fault, family), readyMs);
      options.waits?.add('wire', startMs, lastByteMs);
      if (afterwards) at(clock, lastByteMs + AFTERWARDS_MS, () => run === restarts && afterwards());
    });
  }

  function reset(): void {
    restarts++;
    cancelLate();
    uart.cut();
    frames.clear();
    held = [];
    lastSaid = undefined;
    busyUntilMs = 0;
    for (const slot of family.slots) slot.powerDown();
    family.restart();
    for (const slot of family.slots) if (slot.occupied) tell(slot, true);
  }

  function remove(): void {
    for (const slot of family.slots) takeAway(slot);
  }

  return {
    get occupied() {
      return family.slots.some((slot) => slot.occupied);
    },
    faults,
    reset,
    remove,
    insert(card, number) {
      remove();
      const slot = number === undefined ? family.slots.find((each) => each.senses(card)) : family.slots[number];
      slot?.insert(card);
      if (slot?.occupied) tell(slot, true);
    },
    tear() {
      uart.cut();
      remove();
    },
  };
}

function delayOf(fault: PeerFault | undefined): number {
  if (fault?.kind === 'delay') return fault.ms;
  return fault?.kind === 'slot-error' ? (fault.afterMs ?? 0) : 0;
}
