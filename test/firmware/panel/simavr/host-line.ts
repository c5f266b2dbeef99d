/** The host's end of the board's cable, opened as the reader opens a serial port. */
import { openSerialPort } from '../../../../src/card/module/serial-port-line.ts';

export type HostLine = {
  write(bytes: readonly number[]): Promise<void>;
  /** Everything since the line was opened. */
  bytes(): readonly number[];
  /** Waits until these bytes have come after the first `after`; returns when they did, in microseconds of the host. */
  came(wanted: readonly number[], after?: number): Promise<number>;
  readonly ended: Promise<void>;
  close(): Promise<void>;
};

const WRITE_WITHIN_MS = 5_000;
const CAME_WITHIN_MS = 30_000;

export const nowUs = (): number => Number(process.hrtime.bigint() / 1000n);

export async function openHostLine(port: string): Promise<HostLine> {
  const opened = await openSerialPort(port, { baudRate: 57_600, dataBits: 8, parity: 'none', stopBits: 1 });
  if (!opened.ok) throw new Error(`the board's line cannot be opened: ${opened.fault.detail}`);
  const line = opened.value;
  const bytes: number[] = [];
  const waiting = new Set<() => void>();
  const ended = new Promise<void>((resolve) => line.onEnd(resolve));
  line.onBytes((more) => {
    bytes.push(...more);
    for (const look of waiting) look();
  });

  return {
    ended,
    bytes: () => bytes,
    async write(message) {
      const written = await line.write(Uint8Array.from(message), WRITE_WITHIN_MS);
      if (!written.ok) throw new Error(`the line does not take bytes: ${written.fault.detail}`);
    },
    came(wanted, after = 0) {
      return new Promise((resolve, reject) => {
        const giveUp = setTimeout(() => {
          waiting.delete(look);
          reject(new Error(`waited for ${hex(wanted)}, but there came ${hex(bytes.slice(after))}`));
        }, CAME_WITHIN_MS);
        function look(): void {
          if (!hex(bytes.slice(after)).includes(hex(wanted))) return;
          waiting.delete(look);
          clearTimeout(giveUp);
          resolve(nowUs());
        }
        waiting.add(look);
        look();
      });
    },
    close: () => line.close(),
  };
}

/** With a space before each byte, so that one is found only where it begins. */
const hex = (bytes: readonly number[]) => bytes.map((byte) => ` ${byte.toString(16).padStart(2, '0')}`).join('');
