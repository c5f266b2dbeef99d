/**
 * A card module as a PN532 on its high-speed UART is one, with an antenna and whatever lies on it.
 *
 *   host    55 55 00 …  frame                           frame  …                  ACK (abort)
 *   module                      ACK  frame (answer)            ACK  … at work …       nothing
 *
 * It sleeps until a 55 comes, and after a power-up does nothing before SAMConfiguration. It works on one command at a
 * time: another one, or an ACK, ends the work without an answer. NACK brings the last answer again and nothing else;
 * while the module works it is not heard (inferred: the manual does not say). Whatever comes, it does not throw.
 */
import type { VirtualCard } from '../../card/virtual-card.ts';
import { createFaultPlan, type PeerFault } from '../faults.ts';
import { createFrameReader, type HostFrame } from '../host-frames.ts';
import type { ModulePeer, ModulePeerOptions } from '../module-peer.ts';
import { createRatedWire } from '../rated-wire.ts';
import { at } from '../timely.ts';
import { createUart } from '../uart.ts';
import { spoilFrame, statusOf, waitingTimesOf } from './answer-faults.ts';
import { type ChipAnswer, Pn532Chip } from './chip.ts';
import { ContactlessField } from './contactless-field.ts';
import type { CardWork } from './data-exchange.ts';
import { ACK_FRAME, answerFrame, matchPn532Frame, SYNTAX_ERROR_FRAME } from './pn532-frames.ts';

const BITS_8N1 = 10;
const FIRST_BAUD_RATE = 115_200;
const WAKE_UP = 0x55;
const SAM_CONFIGURATION = 0x14;
const POWER_DOWN = 0x16;
const IN_DATA_EXCHANGE = 0x40;
/** InDataExchange's answer with status 01, time-out. */
const CARD_LEFT = Uint8Array.of(0x41, 0x01);

/** `startMs`, `endMs`: when its first byte began and its last byte ended. */
type HostCommand = { readonly command: Uint8Array; readonly startMs: number; readonly endMs: number };

export function createPn532Peer(options: ModulePeerOptions): ModulePeer {
  const { clock, baudRate = FIRST_BAUD_RATE, paced = true } = options;
  const wire = createRatedWire({ wire: options.wire, clock, baudRate });
  const uart = createUart(clock, wire, { baudRate, bitsPerCharacter: BITS_8N1, paced });
  const frames = createFrameReader(matchPn532Frame);
  const faults = createFaultPlan(options.faults);
  const field = new ContactlessField();
  const chip = new Pn532Chip(field, execute);
  let power: 'asleep' | 'awake' | 'ready' = 'asleep';
  /** Rises with everything that ends the work on a command. */
  let works = 0;
  let working = false;
  /** What waits for a card to come. */
  let looking: HostCommand | undefined;
  let lastAnswer: Uint8Array | undefined;
  /** That falls on the command in work. */
  let fault: PeerFault | undefined;

  function execute(card: VirtualCard, apdu: Uint8Array): CardWork {
    fault = faults.onApdu(apdu) ?? fault;
    if (fault?.kind === 'tear') field.remove();
    if (!field.occupied || fault?.kind === 'nak') return { answer: new Uint8Array(), workMs: 0 };
    const answer = card.answer(apdu);
    options.onApdu?.(apdu, answer);
    const waits = (options.waitingTimes?.(apdu) ?? 0) + waitingTimesOf(fault);
    const workMs = (options.cardMs?.(apdu) ?? 0) + waits * field.waitMs;
    if (fault?.kind === 'tear-after') field.remove();
    return { answer: statusOf(fault) ?? answer, workMs };
  }

  wire.onBytes((bytes) => {
    const startMs = uart.arrival(bytes.length);
    const heard = power === 'asleep' ? afterWakeUp(bytes) : bytes;
    const skippedMs = (bytes.length - heard.length) * uart.characterMs;
    for (const frame of frames.push(heard, startMs + skippedMs, uart.characterMs)) at(clock, frame.endMs, () => receive(frame));
  });

  function afterWakeUp(bytes: Uint8Array): Uint8Array {
    const call = bytes.indexOf(WAKE_UP);
    if (call < 0) return new Uint8Array();
    power = 'awake';
    return bytes.subarray(call);
  }

  function receive(frame: HostFrame): void {
    if (power === 'asleep') return;
    if (frame.says === 'again') repeatAnswer(frame.endMs);
    else if (frame.says === 'message' && frame.message.length > 0) begin({ ...frame, command: frame.message });
    else {
      stopWork();
      if (chip.nextBaudRate !== undefined) setBaudRate(chip.nextBaudRate);
    }
  }

  function repeatAnswer(fromMs: number): void {
    if (!working && lastAnswer) uart.send(lastAnswer, fromMs);
  }

  function stopWork(): void {
    works++;
    working = false;
    looking = undefined;
  }

  function setBaudRate(next: number): void {
    chip.nextBaudRate = undefined;
    uart.setBaudRate(next);
    wire.setBaudRate(next);
  }

  function begin(frame: HostCommand): void {
    const [code = 0] = frame.command;
    if (power === 'awake' && code !== SAM_CONFIGURATION) return;
    power = 'ready';
    stopWork();
    chip.nextBaudRate = undefined;
    fault = faults.onMessage(code);
    if (fault?.kind === 'tear') field.remove();
    const untouched = fault?.kind === 'mute' || fault?.kind === 'reset' || fault?.kind === 'nak';
    const answer = untouched ? 'syntax-error' : chip.answer(frame.command);
    if (fault?.kind === 'tear-after') field.remove();
    if (fault?.kind === 'reset') reset();
    else if (fault?.kind !== 'mute') respond(frame, answer);
  }

  function respond(frame: HostCommand, answer: ChipAnswer): void {
    if (fault?.kind === 'stale-sequence' && lastAnswer) uart.send(lastAnswer, frame.endMs);
    const ackedMs = uart.send(ACK_FRAME, frame.endMs);
    if (answer === 'waits-for-card') looking = frame;
    else if (answer === 'syntax-error' || fault?.kind === 'nak') uart.send(SYNTAX_ERROR_FRAME, ackedMs);
    else say(frame, answer, ackedMs + (fault?.kind === 'delay' ? fault.ms : 0));
  }

  function say(frame: HostCommand, { data, afterMs = 0 }: Exclude<ChipAnswer, string>, fromMs: number): void {
    const [work, spoiling] = [works, fault];
    working = true;
    const readyMs = fromMs + afterMs;
    at(clock, readyMs, () => {
      if (work !== works) return;
      working = false;
      lastAnswer = answerFrame(leftMeanwhile(frame) ? CARD_LEFT : data);
      if (frame.command[0] === POWER_DOWN) power = 'asleep';
      if (spoiling?.kind === 'lose-answer') return;
      const lastByteMs = uart.send(spoilFrame(lastAnswer, spoiling), readyMs);
      options.waits?.add('wire', frame.startMs, lastByteMs);
    });
  }

  /** A card that was taken away while it worked does not answer any more. */
  function leftMeanwhile({ command }: HostCommand): boolean {
    if (command[0] !== IN_DATA_EXCHANGE || field.target !== 'gone') return false;
    field.forget();
    return true;
  }

  function reset(): void {
    stopWork();
    uart.cut();
    frames.clear();
    chip.restart();
    lastAnswer = undefined;
    power = 'asleep';
    setBaudRate(FIRST_BAUD_RATE);
  }

  return {
    get occupied() {
      return field.occupied;
    },
    faults,
    reset,
    insert(card) {
      field.remove();
      field.insert(card);
      const waiting = looking;
      looking = undefined;
      const answer = waiting && chip.answer(waiting.command);
      if (answer === 'waits-for-card') looking = waiting;
      else if (waiting && answer && answer !== 'syntax-error') say(waiting, answer, clock.now());
    },
    remove: () => field.remove(),
    tear() {
      uart.cut();
      field.remove();
    },
  };
}
