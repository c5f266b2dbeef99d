/**
 * What has passed over serial lines, and how long that takes at their rates whoever is at the ends:
 *
 *   time = bytes both ways × (start bit + data bits + parity + stop bits) / baud rate
 */
import type { LineSettings, OpenLine, SerialLine } from './module/serial-line.ts';

type Passed = {
  readonly sentBytes: number;
  readonly receivedBytes: number;
  readonly wireMs: number;
};

export type WireMeter = {
  /** Opens lines as before, and counts on them. */
  readonly openLine: OpenLine;
  /** Since the meter was made. */
  readonly passed: Passed;
  /** How bytes stand on the line that was opened last; undefined before. */
  readonly settings: LineSettings | undefined;
};

export function createWireMeter(openLine: OpenLine): WireMeter {
  let sentBytes = 0;
  let receivedBytes = 0;
  let wireMs = 0;
  let settings: LineSettings | undefined;

  function add(bytes: number, line: LineSettings): number {
    const bitsPerCharacter = 1 + line.dataBits + line.stopBits;
    wireMs += (bytes * bitsPerCharacter * 1000) / line.baudRate;
    return bytes;
  }

  function meter(line: SerialLine, initial: LineSettings): SerialLine {
    let current = initial;
    return {
      ...line,
      write(bytes, timeoutMs) {
        sentBytes += add(bytes.length, current);
        return line.write(bytes, timeoutMs);
      },
      onBytes(listener) {
        line.onBytes((bytes) => {
          receivedBytes += add(bytes.length, current);
          listener(bytes);
        });
      },
      async setBaudRate(baudRate) {
        const set = await line.setBaudRate(baudRate);
        if (set.ok) current = settings = { ...current, baudRate };
        return set;
      },
    };
  }

  return {
    async openLine(path, wanted) {
      const line = await openLine(path, wanted);
      settings = wanted;
      return line.ok ? { ok: true, value: meter(line.value, wanted) } : line;
    },
    get passed() {
      return { sentBytes, receivedBytes, wireMs };
    },
    get settings() {
      return settings;
    },
  };
}
