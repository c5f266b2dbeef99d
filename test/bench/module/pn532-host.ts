/** A PN532 host of a few lines, for the peer's own tests: it writes frames, waits, and takes apart what came. */
import type { SerialLine } from '../../../src/card/module/serial-line.ts';
import { bytes, hex } from '../../card/hex.ts';
import type { SimulatedClock } from '../../simulated-clock.ts';

export const WAKE_UP = '55 55 00 00 00';
export const ACK = '00 00 FF 00 FF 00';
export const NACK = '00 00 FF FF 00 00';
export const SYNTAX_ERROR = '00 00 FF 01 FF 7F 81 00';

/** The frame around a command, its code first: normal up to 255 bytes with D4, else extended. */
export function frame(command: Iterable<number>): Uint8Array {
  const content = [0xd4, ...command];
  const { length } = content;
  const check = -content.reduce((sum, byte) => sum + byte, 0);
  const lengths = length < 256 ? [length, -length] : [0xff, 0xff, length >> 8, length & 0xff, -(length >> 8) - length];
  return Uint8Array.of(0x00, 0x00, 0xff, ...lengths, ...content, check, 0x00);
}

/** What follows D5 in the one answer frame after one ACK; anything else throws. */
export function answerIn(received: Uint8Array): Uint8Array {
  const text = hex(received);
  if (!text.startsWith(ACK)) throw new Error(`no ACK: ${text}`);
  const answer = received.subarray(6);
  const extended = answer[3] === 0xff && answer[4] === 0xff;
  const head = extended ? 8 : 5;
  const length = extended ? (answer[5] ?? 0) * 256 + (answer[6] ?? 0) : (answer[3] ?? 0);
  const content = answer.subarray(head, head + length);
  const sum = [...content, answer[head + length] ?? 0].reduce((total, byte) => total + byte, 0);
  if (answer.length !== head + length + 2 || (sum & 0xff) !== 0 || content[0] !== 0xd5) throw new Error(`no answer: ${text}`);
  return content.slice(1);
}

export function createPn532Host(line: SerialLine, clock: SimulatedClock) {
  let received = new Uint8Array();
  line.onBytes((more) => {
    received = Uint8Array.from([...received, ...more]);
  });

  /** Writes, lets `ms` pass, and gives what has come since. */
  async function exchange(written: Uint8Array | string, ms = 100): Promise<Uint8Array> {
    received = new Uint8Array();
    await line.write(typeof written === 'string' ? bytes(written) : written, 100);
    await clock.advance(ms);
    return received;
  }

  return {
    exchange,
    received: () => received,
    /** @param command hexadecimal, or bytes. Returns what follows D5. */
    async command(command: string | Uint8Array, ms?: number): Promise<string> {
      return hex(answerIn(await exchange(frame(typeof command === 'string' ? bytes(command) : command), ms)));
    },
    async wake(): Promise<void> {
      await exchange(WAKE_UP);
      if (hex(answerIn(await exchange(frame(bytes('14 01'))))) !== '15') throw new Error('not awake');
    },
  };
}
