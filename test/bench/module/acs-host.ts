/** A host of a few lines for the simulated ACR1281S: it believes everything and repeats nothing. */
import type { SerialLine } from '../../../src/card/module/serial-line.ts';
import type { SimulatedClock } from '../../simulated-clock.ts';

export function acsCommand(type: number, slot: number, data: readonly number[] = [], level = 0): Uint8Array {
  const message = [type, data.length & 0xff, data.length >> 8, 0, 0, slot, 0, 0, level, 0, ...data];
  return Uint8Array.of(
    0x02,
    ...message,
    message.reduce((xor, byte) => xor ^ byte, 0),
    0x03,
  );
}

export function createAcsHost(line: SerialLine, clock: SimulatedClock) {
  let received: number[] = [];
  line.onBytes((bytes) => received.push(...bytes));

  const host = {
    /** All that has come since the last time, in hexadecimal, after `waitMs`. */
    async hears(waitMs = 400): Promise<string> {
      await clock.advance(waitMs);
      const all = Buffer.from(received).toString('hex').toUpperCase();
      received = [];
      return all;
    },
    async says(bytes: Uint8Array, waitMs?: number): Promise<string> {
      await line.write(bytes, 100);
      return host.hears(waitMs);
    },
    command: (type: number, slot: number, data?: readonly number[], level?: number) =>
      host.says(acsCommand(type, slot, data, level)),
    async setRate(code: number, baudRate: number): Promise<void> {
      await host.command(0x6b, 1, [0x44, code]);
      await line.setBaudRate(baudRate);
    },
  };
  return host;
}
