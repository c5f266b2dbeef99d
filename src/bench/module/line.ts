import type { OpenLine } from '../../card/module/serial-line.ts';
import { openSerialPort } from '../../card/module/serial-port-line.ts';
import { createMemoryLine } from './memory-line.ts';
import type { PeerWire } from './peer-wire.ts';
import { openPty } from './pty-line.ts';

/** A simulated cable with its two ends: what the reader opens, and what the module peer talks over. */
export type Line = {
  readonly openLine: OpenLine;
  readonly path: string;
  readonly peer: PeerWire;
  unplug(): Promise<void>;
  plugIn(): Promise<void>;
  close(): Promise<void>;
};

/** Opened by `serialport`, as a cable would be. */
export async function ptyLine(): Promise<Line> {
  return { openLine: openSerialPort, ...(await openPty()) };
}

/** Bytes handed over in memory, for tests that decide what time it is. */
export function memoryLine(): Line {
  const { open, peer, hangUp, plugIn } = createMemoryLine();
  return {
    openLine: open,
    path: 'memory',
    peer,
    unplug: async () => hangUp(),
    plugIn: async () => plugIn(),
    close: async () => hangUp(),
  };
}
