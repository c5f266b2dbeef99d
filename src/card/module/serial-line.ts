import type { Result } from '../../faults/result.ts';

/** How bytes stand on the wire. A character is 1 start bit + dataBits + parity + stopBits. */
export type LineSettings = { readonly baudRate: number; readonly dataBits: 8; readonly parity: 'none'; readonly stopBits: 1 | 2 };

/**
 * An open serial line: bytes out, bytes in, and one end. A cable and a simulated cable are the same to its user.
 * After the end nothing more is delivered and writing gives MOD-202.
 */
export interface SerialLine {
  /** Gives the bytes to the operating system within `timeoutMs`; says nothing about their arrival. Faults: MOD-202. */
  write(bytes: Uint8Array, timeoutMs: number): Promise<Result<void>>;
  /** One listener at a time; it must not throw, and the bytes are lent to it for the call alone.
   *  Bytes that come before there is one are kept. */
  onBytes(listener: (bytes: Uint8Array) => void): void;
  /** Called once when the line ends for whatever reason. */
  onEnd(listener: () => void): void;
  /** Goes on at another rate; call it when nothing is on its way. Faults: MOD-202. */
  setBaudRate(baudRate: number): Promise<Result<void>>;
  /** Ends the line; may be called twice. Resolves within 500 ms. */
  close(): Promise<void>;
}

/** Opens a line; `path` is a device node. Faults: MOD-202. */
export type OpenLine = (path: string, settings: LineSettings) => Promise<Result<SerialLine>>;
