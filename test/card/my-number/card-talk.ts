/** Dialogues straight with a virtual card, without module and line. */
import { randomBytes } from 'node:crypto';
import type { VirtualCard } from '../../../src/bench/card/virtual-card.ts';
import { type CardChannel, openChannel } from '../../../src/card/card-channel.ts';
import type { Trust } from '../../../src/card/my-number/authenticity.ts';
import type { Result } from '../../../src/faults/result.ts';
import { benchPki } from '../../bench/card/card-talk.ts';

export type Talk = {
  readonly channel: CardChannel;
  /** Commands that reached the card, in hexadecimal. */
  readonly sent: string[];
};

/** @param spoil what becomes of an answer on its way; undefined: it is lost */
export function talkTo(
  card: VirtualCard,
  spoil: (command: string, answer: Uint8Array) => Uint8Array | undefined = (_, a) => a,
): Talk {
  const sent: string[] = [];
  card.powerOn();
  const channel = openChannel(
    {
      slots: [],
      async transmit(_slot, command) {
        const asked = Buffer.from(command).toString('hex').toUpperCase();
        sent.push(asked);
        const answer = spoil(asked, card.answer(Uint8Array.from(command)));
        return answer ? { ok: true, value: answer } : { ok: false, fault: { code: 'CARD-104' } };
      },
    },
    0,
    new AbortController().signal,
  );
  return { channel, sent };
}

export async function benchTrust(): Promise<Trust> {
  return { cvKeys: [(await benchPki()).cv.rootKey], random: randomBytes };
}

export const ascii = (text: string): Uint8Array => Buffer.from(text, 'latin1');

export const codeOf = (result: Result<unknown>): string => (result.ok ? 'fine' : result.fault.code);

/** The value, or a failure of the test. */
export function successOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.fault.code} ${result.fault.detail ?? ''}`);
  return result.value;
}
