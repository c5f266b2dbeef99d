/**
 * A card module as a GemPC Twin is one, at the end of a serial line: it reads CCID frames, echoes each, tells of
 * card movements by the unframed bytes 50 02 (out) and 50 03 (in), and answers. Whatever comes, it does not throw.
 *
 *   host    03 06 CCID LRC
 *   module                  03 06 CCID LRC (echo)   [50 02|03]   03 06 CCID LRC (answer)
 *
 * Card movements are told at once after power-up, and only between echo and answer after Escape 01 01 01.
 * The speed is the line's; the contact side between module and card takes no time here.
 */
import type { Clock } from '../../clock.ts';
import type { VirtualCard } from '../card/virtual-card.ts';
import { spoil } from './answer-faults.ts';
import { CARD_MUTE, CcidSlot } from './ccid-slot.ts';
import { createFaultPlan, type PeerFault } from './faults.ts';
import { createFrameReader, type HostFrame, NAK_FRAME } from './gem-frames.ts';
import type { ModulePeer, ModulePeerOptions } from './module-peer.ts';
import { createUart } from './uart.ts';

export type GemPeerOptions = ModulePeerOptions & {
  /** False: as GemCore POS Pro, which does not repeat the command. */
  readonly echo?: boolean;
};

const CARD_OUT = Uint8Array.of(0x50, 0x02);
const CARD_IN = Uint8Array.of(0x50, 0x03);
const BITS_8N2 = 11;

export function createGemPeer(options: GemPeerOptions): ModulePeer {
  const { wire, clock, baudRate = 115_200, paced = true, echo = true } = options;
  const uart = createUart(clock, wire, { baudRate, bitsPerCharacter: BITS_8N2, paced });
  const frames = createFrameReader();
  const faults = createFaultPlan(options.faults);
  /** What is told between the next echo and answer; undefined: movements are told at once. */
  let movements: Uint8Array[] | undefined;
  /** Rise with each removal and restart: what was begun before must not go on as if nothing had been. */
  let removals = 0;
  let restarts = 0;
  let apduFault: PeerFault | undefined;
  let workMs = 0;

  const slot = new CcidSlot({
    execute,
    ...(options.waitingTimes && { waitingTimes: options.waitingTimes }),
    onSynchronousNotification() {
      movements ??= [];
    },
  });

  function execute(card: VirtualCard, command: Uint8Array): Uint8Array | undefined {
    apduFault = faults.onApdu(command);
    if (apduFault?.kind === 'tear') return takeAway();
    const answer = card.answer(command);
    options.onApdu?.(command, answer);
    workMs = options.cardMs?.(command) ?? 0;
    return apduFault?.kind === 'tear-after' ? takeAway() : answer;
  }

  function takeAway(): undefined {
    if (!slot.occupied) return;
    slot.remove();
    removals++;
    tell(CARD_OUT);
  }

  function tell(movement: Uint8Array): void {
    if (movements) movements.push(movement);
    else uart.send(movement);
  }

  wire.onBytes((bytes) => {
    const startMs = uart.arrival(bytes.length);
    const run = restarts;
    for (const frame of frames.push(bytes, startMs, uart.characterMs)) {
      at(clock, frame.endMs, () => {
        if (run === restarts) receive(frame);
      });
    }
  });

  function receive({ message, raw, startMs, endMs }: HostFrame): void {
    const messageFault = message && faults.onMessage(message[0] ?? 0);
    if (messageFault?.kind === 'mute') return;
    if (messageFault?.kind === 'reset') {
      reset();
      return;
    }
    if (echo) uart.send(raw, endMs);
    if (message === undefined || messageFault?.kind === 'nak') {
      uart.send(NAK_FRAME);
      return;
    }
    apduFault = undefined;
    workMs = 0;
    if (messageFault?.kind === 'tear') takeAway();
    const answer = slot.answer(message);
    if (messageFault?.kind === 'tear-after') takeAway();
    finish(message, answer, { startMs, endMs: endMs + workMs }, apduFault ?? messageFault);
  }

  /** @param worked when the command began to come in, and when the card had done with it */
  function finish(
    message: Uint8Array,
    answer: Uint8Array,
    worked: { readonly startMs: number; readonly endMs: number },
    fault: PeerFault | undefined,
  ): void {
    if (fault?.kind === 'reset') reset();
    if (fault?.kind === 'reset' || fault?.kind === 'mute' || fault?.kind === 'lose-answer') return;
    const [removal, run] = [removals, restarts];
    const readyMs = worked.endMs + (fault?.kind === 'delay' ? fault.ms : 0);
    at(clock, readyMs, () => {
      if (run !== restarts) return;
      for (const movement of movements?.splice(0) ?? []) uart.send(movement, readyMs);
      const failed = removal !== removals ? CARD_MUTE : fault?.kind === 'slot-error' ? fault.error : undefined;
      const told = failed === undefined ? answer : slot.failure(message, failed);
      const lastByteMs = uart.send(spoil(told, fault), readyMs);
      options.waits?.add('wire', worked.startMs, lastByteMs);
    });
  }

  function reset(): void {
    restarts++;
    uart.cut();
    frames.clear();
    slot.powerDown();
    movements = undefined;
    if (slot.occupied) tell(CARD_IN);
  }

  return {
    faults,
    reset,
    insert(card) {
      takeAway();
      slot.insert(card);
      tell(CARD_IN);
    },
    remove: takeAway,
    tear() {
      uart.cut();
      takeAway();
    },
  };
}

/** Runs `action` at `dueMs` and not before, at once when that has come: a timer may fire a fraction early. */
function at(clock: Clock, dueMs: number, action: () => void): void {
  const leftMs = dueMs - clock.now();
  if (leftMs <= 0.001) action();
  else clock.after(leftMs, () => at(clock, dueMs, action));
}
