/** A real serial port as the module's end of a cable, so that another board's reader can be at the other. */

import type { LineSettings } from '../../card/module/serial-line.ts';
import { openSerialPort } from '../../card/module/serial-port-line.ts';
import { ok, type Result } from '../../faults/result.ts';
import type { PeerWire } from '../module/peer-wire.ts';

export type DeviceWire = {
  readonly path: string;
  readonly peer: PeerWire;
  /** Aborts when the port is gone. */
  readonly ended: AbortSignal;
  close(): Promise<void>;
};

const WRITE_TIMEOUT_MS = 1_000;

/** Faults: MOD-202. */
export async function openDevice(path: string, settings: LineSettings): Promise<Result<DeviceWire>> {
  const opened = await openSerialPort(path, settings);
  if (!opened.ok) return opened;
  const line = opened.value;
  const ending = new AbortController();
  line.onEnd(() => ending.abort());
  return ok({
    path,
    ended: ending.signal,
    close: () => line.close(),
    peer: {
      write(bytes) {
        // What cannot be written is lost, as on a cable that is not plugged in.
        void line.write(bytes, WRITE_TIMEOUT_MS);
      },
      setBaudRate(baudRate) {
        void line.setBaudRate(baudRate);
      },
      onBytes: (listener) => line.onBytes((bytes) => listener(Uint8Array.from(bytes))),
    },
  });
}
