/**
 * Reader and PN53x in step: what is answered now was asked for now.
 *
 *   command ─ answered ─────────────────────────────────────────→ answered
 *           └ not → abort; a number to send back, ≤ 3 × ────────→ lost (in step again) | dead
 *                       └ from the second time on: wake up first
 */
import type { LinkOptions, LostCode } from '../module-link.ts';
import { command, diagnose } from './commands.ts';
import { type CommandParameters, createConversation } from './conversation.ts';
import { ACK } from './frame.ts';

export type Outcome =
  /** What follows the answer's code; it belongs to the caller, who wipes it. */
  | { readonly at: 'answered'; readonly data: Uint8Array }
  /** No readable answer; the command may have been carried out. Reader and module are in step again. */
  | { readonly at: 'lost' }
  | { readonly at: 'dead'; readonly code: LostCode };

/** The next call must come after the one before has ended. No call rejects. */
export interface Exchange {
  /** Wakes the module up. Whether it answered: if not, the line is dead. */
  wakeUp(): Promise<boolean>;
  /** @param answerMs from the ACK to the answer; enough for all that needs no card when absent */
  command(code: number, parameters: CommandParameters, answerMs?: number): Promise<Outcome>;
  isInStep(): Promise<boolean>;
  /** Tells the module that its answer has come, which it waits for after SetSerialBaudRate. */
  confirm(): Promise<void>;
  /** Goes on at another rate; the module must have been told. */
  setBaudRate(baudRate: number): Promise<void>;
  /** Why the line is dead. */
  readonly deadWith: LostCode | undefined;
}

const MAX_STEP_TRIES = 3;
const MAX_WAKE_TRIES = 2;

/** 55 wakes the module, which then needs a moment before it can read a frame. */
const WAKE_UP = Uint8Array.of(0x55, 0x55, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
/** SAMConfiguration: no security module. After a power-up the module accepts nothing else before it. */
const NORMAL_MODE = [0x01];

export function createExchange(options: LinkOptions): Exchange {
  const conversation = createConversation(options);
  let lastNumber = 0;

  /** MOD-203 where something was heard since it had been `heardBefore` bytes. */
  function giveUp(heardBefore: number): void {
    conversation.die(conversation.bytesHeard > heardBefore ? 'MOD-203' : 'MOD-201');
  }

  async function isInStep(): Promise<boolean> {
    lastNumber = (lastNumber + 1) & 0xffff;
    const question = [diagnose.communicationLine, lastNumber >> 8, lastNumber & 0xff];
    const heard = await conversation.ask(command.diagnose, question);
    return heard.at === 'answered' && Buffer.compare(heard.data, Uint8Array.from(question)) === 0;
  }

  async function isAwake(): Promise<boolean> {
    await conversation.write(WAKE_UP);
    return (await conversation.ask(command.samConfiguration, NORMAL_MODE)).at === 'answered';
  }

  async function comeIntoStep(): Promise<void> {
    const heardBefore = conversation.bytesHeard;
    await conversation.write(ACK);
    for (let tries = 0; tries < MAX_STEP_TRIES; tries++) {
      // A module that has restarted sleeps; one that has not keeps its card the better for being left alone.
      const awake = tries === 0 || (await isAwake());
      if (awake && (await isInStep())) return;
    }
    giveUp(heardBefore);
  }

  return {
    isInStep,
    async wakeUp() {
      const heardBefore = conversation.bytesHeard;
      for (let tries = 0; tries < MAX_WAKE_TRIES; tries++) if (await isAwake()) return true;
      giveUp(heardBefore);
      return false;
    },
    async command(code, parameters, answerMs) {
      const heard = await conversation.ask(code, parameters, answerMs);
      if (heard.at === 'answered' || heard.at === 'dead') return heard;
      await comeIntoStep();
      return conversation.deadWith ? { at: 'dead', code: conversation.deadWith } : { at: 'lost' };
    },
    confirm: () => conversation.write(ACK),
    setBaudRate: (baudRate) => conversation.setBaudRate(baudRate),
    get deadWith() {
      return conversation.deadWith;
    },
  };
}
