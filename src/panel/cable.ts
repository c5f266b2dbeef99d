/**
 * The panel's serial line as firmata-io wants it: a `write`, and the events `open`, `data`, `close` and `error`.
 *
 * Of the package `serialport` only the binding is used. Its stream passes each read and each write through a thread of its
 * own: on a busy machine each change of thread waits for a processor, and a key is five bytes, one after another. Here
 * the descriptor, which never blocks, is read and written where it stands.
 *
 *   the poller says readable → read → `data`        write → written at once
 *
 * A pulled cable shows as a failed wait, read or write, whichever comes first: each of them is the one `close`.
 */
import { EventEmitter } from 'node:events';
import { readSync, writeSync } from 'node:fs';
import { SerialPort } from 'serialport';
import { failed, ok, type Result } from '../faults/result.ts';

/** As Linux and macOS have it. */
type Port = Extract<Awaited<ReturnType<typeof SerialPort.binding.open>>, { readonly poller: unknown }>;

/** A tty's own buffer. */
const READ_BYTES = 4_096;

/** Faults: PANEL-251 when the device node is not there, is not a terminal, or somebody else has it. */
export async function openCable(path: string, baudRate: number): Promise<Result<Cable>> {
  try {
    return ok(new Cable((await SerialPort.binding.open({ path, baudRate, lock: true })) as Port));
  } catch (error) {
    return failed('PANEL-251', (error as Error).message);
  }
}

class Cable extends EventEmitter {
  private readonly port: Port;
  /** Not in V8's own heap, where a collection would leave copies behind: a key may be among the bytes. */
  private readonly bytes = Buffer.from(new ArrayBuffer(READ_BYTES));
  private ended = false;

  constructor(port: Port) {
    super();
    this.port = port;
  }

  /** From now on it is listened to: whoever wants the events must be there. */
  start(): void {
    this.emit('open');
    this.listen();
  }

  /** At once and whole. What not even the line's buffer takes is lost, and `error` says so. */
  write(bytes: Uint8Array): void {
    if (this.ended || this.port.fd === null) return;
    try {
      if (writeSync(this.port.fd, bytes) < bytes.length) this.stuck();
    } catch (error) {
      if (isOnlyBusy(error)) this.stuck();
      else this.end();
    }
  }

  private listen(): void {
    // A write from within `data` may have found it ended; a closed poller is not to be asked again.
    if (this.ended) return;
    this.port.poller.once('readable', (error) => {
      if (!error && this.read()) this.listen();
      else this.end();
    });
  }

  /** Returns false when the line has ended. */
  private read(): boolean {
    if (this.port.fd === null) return false;
    try {
      const length = readSync(this.port.fd, this.bytes);
      if (length > 0) this.emit('data', this.bytes.subarray(0, length));
      return length > 0;
    } catch (error) {
      return isOnlyBusy(error);
    } finally {
      this.bytes.fill(0);
    }
  }

  private stuck(): void {
    this.emit('error', new Error('the line takes no bytes'));
  }

  private end(): void {
    if (this.ended) return;
    this.ended = true;
    this.port.close().catch(() => {});
    this.emit('close');
  }
}

function isOnlyBusy(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'EAGAIN' || code === 'EINTR';
}
