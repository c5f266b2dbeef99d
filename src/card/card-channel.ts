/** Commands to the powered card, with what ISO 7816-4 §5.3.4 asks of every sender: GET RESPONSE and the exact Le. */
import { failed, ok, type Result } from '../faults/result.ts';
import { decodeResponse, encodeCommand, type Response } from './apdu.ts';
import { type CardCommand, getResponse } from './commands.ts';
import type { CardModule } from './module/card-module.ts';
import { joinAndWipe, wipe } from './secret-bytes.ts';
import { bytesWaiting, exactLe } from './status-words.ts';

export interface CardChannel {
  /** READ BINARY of so many bytes costs one round; see `Slot`. */
  readonly readLength: number;
  /** Value: the final answer, its data to be wiped by the caller where it is personal. A repeatable command whose
   *  answer was lost is sent once more. Faults: CARD-101, CARD-104, MOD-*. */
  send(command: CardCommand): Promise<Result<Response>>;
}

/** Le 00: as much as a short answer holds. */
const LONGEST_ANSWER = 256;
/** 256 parts of 256 bytes are more than any file here. */
const MAX_PARTS = 256;

/** A channel to `slot` as long as `signal` stands: after that nothing more is sent. */
export function openChannel(module: Pick<CardModule, 'slots' | 'transmit'>, slot: number, signal: AbortSignal): CardChannel {
  async function once(command: CardCommand): Promise<Result<Response>> {
    if (signal.aborted) return failed('CARD-104', 'not wanted any more');
    const bytes = encodeCommand(command);
    const answer = await module.transmit(slot, bytes, signal);
    wipe(bytes);
    return answer.ok ? decodeResponse(answer.value) : answer;
  }

  async function repeated(command: CardCommand): Promise<Result<Response>> {
    const first = await once(command);
    const lost = !first.ok && first.fault.code === 'CARD-104';
    return lost && command.repeatable ? once(command) : first;
  }

  async function collect(first: Response): Promise<Result<Response>> {
    const parts: Uint8Array[] = [];
    let last = first;
    for (let waiting = bytesWaiting(last.sw); waiting !== undefined; waiting = bytesWaiting(last.sw)) {
      parts.push(last.data);
      const next = parts.length > MAX_PARTS ? failed('CARD-104', 'answer without end') : await once(getResponse(waiting));
      if (!next.ok) {
        wipe(...parts);
        return next;
      }
      last = next.value;
    }
    return ok({ data: joinAndWipe([...parts, last.data]), sw: last.sw });
  }

  return {
    readLength: module.slots[slot]?.readLength ?? LONGEST_ANSWER,
    async send(command) {
      const answer = await repeated(command);
      if (!answer.ok) return answer;
      const le = exactLe(answer.value.sw);
      if (le === undefined || command.le === undefined) return collect(answer.value);
      const exact = await once({ ...command, le });
      return exact.ok ? collect(exact.value) : exact;
    },
  };
}
