/** A host of a few lines, for the peer's own tests: it believes everything and repeats nothing. */
import type { SerialLine } from '../../../src/card/module/serial-line.ts';
import type { SimulatedClock } from '../../simulated-clock.ts';

export const ccidType = { setParameters: 0x61, powerOn: 0x62, powerOff: 0x63, status: 0x65, escape: 0x6b, transfer: 0x6f };

export function xor(bytes: Iterable<number>): number {
  let sum = 0;
  for (const byte of bytes) sum ^= byte;
  return sum;
}

export function ccidFrame(type: number, sequence: number, data: readonly number[] | Uint8Array = [], slot = 0): Uint8Array {
  const length = data.length;
  const head = [0x03, 0x06, type, length & 0xff, length >> 8, 0, 0, slot, sequence, 0, 0, 0];
  return Uint8Array.from([...head, ...data, xor([...head, ...data])]);
}

export function t1Block(pcb: number, information: readonly number[] | Uint8Array = []): number[] {
  const block = [0, pcb, information.length, ...information];
  return [...block, xor(block)];
}

export type Answer = {
  readonly type: number;
  readonly sequence: number;
  readonly status: number;
  readonly error: number;
  readonly data: Uint8Array;
};

/** Takes apart what the module sent: echoes, movements, NAKs and answers, in order; anything else throws. */
export function takeApart(bytes: Uint8Array) {
  const answers: Answer[] = [];
  const echoes: Uint8Array[] = [];
  const movements: ('in' | 'out')[] = [];
  let naks = 0;
  let at = 0;
  while (at < bytes.length) {
    if (bytes[at] === 0x50) {
      movements.push(bytes[at + 1] === 3 ? 'in' : 'out');
      at += 2;
    } else if (bytes[at] === 0x03 && bytes[at + 1] === 0x15) {
      naks++;
      at += 3;
    } else if (bytes[at] === 0x03 && bytes[at + 1] === 0x06) {
      const length = 13 + (bytes[at + 3] ?? 0) + (bytes[at + 4] ?? 0) * 256;
      const frame = bytes.slice(at, at + length);
      if (frame.length < length) break;
      if (xor(frame) !== 0) throw new Error('wrong LRC');
      const [, , type = 0] = frame;
      if (type < 0x80) echoes.push(frame);
      else
        answers.push({ type, sequence: frame[8] ?? 0, status: frame[9] ?? 0, error: frame[10] ?? 0, data: frame.slice(12, -1) });
      at += length;
    } else throw new Error(`unexpected byte ${bytes[at]} at ${at}`);
  }
  return { answers, echoes, movements, naks, complete: at === bytes.length };
}

/** Sends CCID commands over an open line and waits on simulated time for what comes back. */
export function createTestHost(line: SerialLine, clock: SimulatedClock) {
  let bytes = new Uint8Array();
  let sequence = 0;
  let lastByteMs = 0;
  line.onBytes((more) => {
    bytes = Uint8Array.from([...bytes, ...more]);
    lastByteMs = clock.now();
  });

  async function command(type: number, data: readonly number[] | Uint8Array = [], slot = 0): Promise<Answer> {
    bytes = new Uint8Array();
    await line.write(ccidFrame(type, sequence++ & 0xff, data, slot), 100);
    await clock.runUntil(() => takeApart(bytes).answers.length > 0, 5000);
    const [answer] = takeApart(bytes).answers;
    if (answer === undefined) throw new Error('no answer');
    return answer;
  }

  let ownNext = 0;
  let cardNext = 0;
  return {
    command,
    /** What has come since the last command began. */
    received: () => bytes,
    lastByteMs: () => lastByteMs,
    write: (raw: Uint8Array) => line.write(raw, 100),

    async powerOn(): Promise<Answer> {
      ownNext = 0;
      cardNext = 0;
      return command(ccidType.powerOn);
    },

    /** One command APDU of one block; answers of any number of blocks. */
    async transmit(apdu: Uint8Array): Promise<Uint8Array> {
      let answer = await command(ccidType.transfer, t1Block(ownNext << 6, apdu));
      ownNext ^= 1;
      const parts: number[] = [];
      for (;;) {
        const [, pcb = 0] = answer.data;
        if (pcb === 0xc3) {
          answer = await command(ccidType.transfer, t1Block(0xe3, answer.data.slice(3, 4)));
          continue;
        }
        if (pcb & 0x80) throw new Error(`card sent ${Buffer.from(answer.data).toString('hex')}`);
        parts.push(...answer.data.slice(3, -1));
        cardNext ^= 1;
        if ((pcb & 0x20) === 0) return Uint8Array.from(parts);
        answer = await command(ccidType.transfer, t1Block(0x80 | (cardNext << 4)));
      }
    },
  };
}
