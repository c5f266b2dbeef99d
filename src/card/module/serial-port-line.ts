/**
 * A SerialLine over the operating system's serial port; the only file that knows the package `serialport`.
 *
 * Of that package only the binding is used, and of the binding what opens, sets and polls: its stream passes each read
 * and each write through a thread and a queue, which at 460800 baud costs more than a tenth of the line's time. The
 * descriptor is non-blocking, so reading and writing it directly waits for nothing.
 *
 *   the poller says readable → read → listener        write → written at once, or what is left by the binding
 *
 * Pseudo-terminals have no modem lines (ENOTTY), which is no fault; a hang-up is EIO or the end of the file.
 */
import { readSync, writeSync } from 'node:fs';
import { SerialPort } from 'serialport';
import { systemClock } from '../../clock.ts';
import { failed, ok, type Result } from '../../faults/result.ts';
import { secretBytes, secretCopy, wipe } from '../secret-bytes.ts';
import type { OpenLine, SerialLine } from './serial-line.ts';

type AnyPort = Awaited<ReturnType<typeof SerialPort.binding.open>>;
/** As Linux and macOS have it. */
type Port = Extract<AnyPort, { readonly poller: unknown }>;

const CLOSE_TIMEOUT_MS = 400;
/** A tty's own buffer. */
const READ_BYTES = 4_096;

/** Faults: MOD-202 when the device node is not there, is not a terminal, or somebody else has it. */
export const openSerialPort: OpenLine = async (path, settings) => {
  try {
    const port = (await SerialPort.binding.open({ path, ...settings, lock: true })) as Port;
    const line = createLine(port);
    // RTS low, as a Twin expects it.
    await port.set({ rts: false, dtr: true }).catch(() => {});
    return ok(line);
  } catch (error) {
    return failed('MOD-202', (error as Error).message);
  }
};

function createLine(port: Port): SerialLine {
  const ending = Promise.withResolvers<void>();
  const buffer = secretBytes(READ_BYTES);
  const early: Uint8Array[] = [];
  let ended = false;
  let closing: Promise<void> | undefined;
  let listener: ((bytes: Uint8Array) => void) | undefined;

  function take(bytes: Uint8Array): void {
    if (listener) listener(bytes);
    else early.push(secretCopy(bytes));
    wipe(bytes);
  }

  function listen(): void {
    if (ended || port.fd === null) return;
    port.poller.once('readable', (error) => {
      // Closing cancels the wait; it must not be begun a second time from here.
      if (ended) return;
      if (!error && read()) listen();
      else void close();
    });
  }

  /** Returns false when the line has ended. */
  function read(): boolean {
    if (port.fd === null) return false;
    try {
      const length = readSync(port.fd, buffer);
      if (length > 0) take(buffer.subarray(0, length));
      return length > 0;
    } catch (error) {
      return isOnlyBusy(error);
    }
  }

  /** Returns what the operating system did not take at once. */
  function writeNow(bytes: Uint8Array): Uint8Array {
    if (port.fd === null) return bytes;
    try {
      return bytes.subarray(writeSync(port.fd, bytes));
    } catch (error) {
      if (isOnlyBusy(error)) return bytes;
      throw error;
    }
  }

  function close(): Promise<void> {
    closing ??= closeOnce();
    return closing;
  }

  async function closeOnce(): Promise<void> {
    ended = true;
    wipe(...early.splice(0));
    const late = Promise.withResolvers<void>();
    const cancel = systemClock.after(CLOSE_TIMEOUT_MS, late.resolve);
    await Promise.race([port.close().catch(() => {}), late.promise]);
    cancel();
    ending.resolve();
  }

  listen();
  return {
    async write(bytes, timeoutMs) {
      if (ended) return gone();
      try {
        const rest = writeNow(bytes);
        return rest.length === 0 ? ok() : await writeLater(port, rest, timeoutMs, ending.promise);
      } catch (error) {
        void close();
        return failed('MOD-202', (error as Error).message);
      }
    },
    onBytes(next) {
      listener = next;
      for (const bytes of early.splice(0)) {
        next(bytes);
        wipe(bytes);
      }
    },
    onEnd(action) {
      void ending.promise.then(action);
    },
    async setBaudRate(baudRate) {
      if (ended) return gone();
      const set = port.update({ baudRate }).then(
        () => ok(),
        (error: Error) => failed('MOD-202', error.message),
      );
      return Promise.race([set, ending.promise.then(gone)]);
    },
    close,
  };
}

/** The binding waits until the rest can be taken, and never comes back when the line ends meanwhile. */
async function writeLater(port: Port, rest: Uint8Array, timeoutMs: number, end: Promise<void>): Promise<Result<void>> {
  const late = Promise.withResolvers<Result<void>>();
  const cancel = systemClock.after(timeoutMs, () => late.resolve(failed('MOD-202', 'the line takes no bytes')));
  const copy = Buffer.from(secretCopy(rest).buffer);
  const written = port.write(copy).then(() => ok());
  written.catch(() => {});
  try {
    return await Promise.race([written, late.promise, end.then(gone)]);
  } finally {
    cancel();
    wipe(copy);
  }
}

function isOnlyBusy(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'EAGAIN' || code === 'EINTR';
}

function gone() {
  return failed('MOD-202', 'the line has ended');
}
