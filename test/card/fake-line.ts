import type { OpenLine, SerialLine } from '../../src/card/module/serial-line.ts';
import { failed, ok } from '../../src/faults/result.ts';
import { hex } from './hex.ts';

/** The host's end of a cable whose other end is the test: what was written, and what shall come. */
export function createFakeLine() {
  const sent: string[] = [];
  const buffers: Uint8Array[] = [];
  let listener: (bytes: Uint8Array) => void = () => {};
  let onEnd = () => {};
  let open = true;
  function end(): void {
    if (open) queueMicrotask(onEnd);
    open = false;
  }
  const line: SerialLine = {
    async write(bytes) {
      if (!open) return failed('MOD-202');
      sent.push(hex(bytes));
      buffers.push(bytes);
      return ok();
    },
    onBytes: (next) => {
      listener = next;
    },
    onEnd: (action) => {
      onEnd = action;
    },
    setBaudRate: async () => ok(),
    async close() {
      end();
    },
  };
  return {
    line,
    openLine: (async () => ok(line)) satisfies OpenLine,
    sent,
    /** The very buffers that were written, to see whether they are wiped afterwards. */
    takeBuffers: () => buffers.splice(0),
    receive: (bytes: Uint8Array) => listener(Uint8Array.from(bytes)),
    hangUp: end,
  };
}
