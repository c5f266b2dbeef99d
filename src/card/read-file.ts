/** Reading a transparent EF whose first bytes say how long it is. */
import { failed, ok, type Result } from '../faults/result.ts';
import type { CardChannel } from './card-channel.ts';
import { readBinary, selectFile } from './commands.ts';
import { joinAndWipe, wipe } from './secret-bytes.ts';
import { hexSw, SW } from './status-words.ts';
import { parseTlvHead } from './tlv.ts';

/** READ BINARY with P1 below 80 reaches no further. */
const MAX_FILE = 0x8000;

/** Selects an EF. Value: whether there is one. Faults: CARD-101, CARD-104, MOD-*. */
export async function select(channel: CardChannel, fileId: number): Promise<Result<boolean>> {
  const answer = await channel.send(selectFile(fileId));
  if (!answer.ok) return answer;
  if (answer.value.sw === SW.ok) return ok(true);
  return answer.value.sw === SW.fileNotFound ? ok(false) : failed('CARD-104', `select file: ${hexSw(answer.value.sw)}`);
}

/**
 * Reads the selected EF as far as the data object at its beginning goes.
 * Value: that object, to be wiped by the caller where it is personal; empty when no object with `tag` begins there.
 * Faults: CARD-101, CARD-104, MOD-*.
 */
export async function readObject(channel: CardChannel, tag: number): Promise<Result<Uint8Array>> {
  const first = await channel.send(readBinary(0, channel.readLength));
  if (!first.ok) return first;
  const { sw, data } = first.value;
  if (sw === SW.offsetPastEnd) return ok(new Uint8Array(0));
  if (sw !== SW.ok) return failed('CARD-104', `read file: ${hexSw(sw)}`);
  const head = parseTlvHead(data);
  if (!head.ok || head.value.tag !== tag) {
    wipe(data);
    return ok(new Uint8Array(0));
  }
  const length = head.value.headLength + head.value.valueLength;
  return length > MAX_FILE ? failed('CARD-104', 'file too long') : readRest(channel, data, length);
}

async function readRest(channel: CardChannel, first: Uint8Array, length: number): Promise<Result<Uint8Array>> {
  const parts = [first.subarray(0, length)];
  for (let have = Math.min(first.length, length); have < length; ) {
    const wanted = Math.min(channel.readLength, length - have);
    const answer = await channel.send(readBinary(have, wanted));
    const fits = answer.ok && answer.value.sw === SW.ok && answer.value.data.length > 0 && answer.value.data.length <= wanted;
    if (!fits) {
      wipe(...parts);
      return answer.ok ? failed('CARD-104', `read file: ${hexSw(answer.value.sw)}`) : answer;
    }
    parts.push(answer.value.data);
    have += answer.value.data.length;
  }
  return ok(joinAndWipe(parts));
}
