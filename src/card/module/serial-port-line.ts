/**
 * A SerialLine over the operating system's serial port; the only file that knows the package `serialport`.
 *
 * What that package does, and is answered here: a hang-up comes as `close` without `error`, sometimes twice; `write` after
 * the end never calls back, hence the own deadline; pseudo-terminals have no modem lines (ENOTTY), which is no fault.
 */
import { SerialPort } from 'serialport';
import { systemClock } from '../../clock.ts';
import { failed, ok, type Result } from '../../faults/result.ts';
import { secretCopy, wipe } from '../secret-bytes.ts';
import type { OpenLine, SerialLine } from './serial-line.ts';

const CLOSE_TIMEOUT_MS = 400;

/** Faults: MOD-202 when the device node is not there, is not a terminal, or somebody else has it. */
export const openSerialPort: OpenLine = async (path, settings) => {
  const port = new SerialPort({ path, ...settings, autoOpen: false, lock: true });
  // Errors reach us as results of each call and as `close`; without a listener Node would end the process.
  port.on('error', () => {});
  const error = await new Promise<Error | null>((resolve) => port.open(resolve));
  if (error) return failed('MOD-202', error.message);
  const line = createLine(port);
  // RTS low, as a Twin expects it.
  await new Promise<void>((resolve) => port.set({ rts: false, dtr: true }, () => resolve()));
  return ok(line);
};

function createLine(port: SerialPort): SerialLine {
  const ending = Promise.withResolvers<void>();
  let ended = false;
  let listener: ((bytes: Uint8Array) => void) | undefined;
  const early: Uint8Array[] = [];

  port.on('data', (bytes: Uint8Array) => {
    if (listener) listener(bytes);
    else early.push(secretCopy(bytes));
    wipe(bytes);
  });
  port.on('close', end);

  function end(): void {
    ended = true;
    wipe(...early.splice(0));
    ending.resolve();
  }

  return {
    async write(bytes, timeoutMs) {
      if (ended) return gone();
      const { promise: written, resolve } = Promise.withResolvers<Result<void>>();
      const cancel = systemClock.after(timeoutMs, () => resolve(failed('MOD-202', 'the line takes no bytes')));
      void ending.promise.then(() => resolve(gone()));
      port.write(bytes, (error) => resolve(error ? failed('MOD-202', error.message) : ok()));
      const result = await written;
      cancel();
      return result;
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
      const error = await new Promise<Error | null>((resolve) => {
        void ending.promise.then(() => resolve(new Error('the line has ended')));
        port.update({ baudRate }, resolve);
      });
      return error ? failed('MOD-202', error.message) : ok();
    },
    async close() {
      if (ended) return;
      const cancel = systemClock.after(CLOSE_TIMEOUT_MS, end);
      port.close(() => end());
      await ending.promise;
      cancel();
    },
  };
}

function gone() {
  return failed('MOD-202', 'the line has ended');
}
