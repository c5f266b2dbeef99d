import type { OpenLine, SerialLine } from '../../card/module/serial-line.ts';
import { failed, ok } from '../../faults/result.ts';
import type { PeerWire } from './peer-wire.ts';

/** A cable in memory: what one end writes, the other has with the next microtask. It knows at which rate the host has it open. */
export type MemoryLine = {
  /** Opens the host's end, whatever path is given; MOD-202 while it is open already or unplugged. */
  readonly open: OpenLine;
  readonly peer: PeerWire;
  /** Pulls the cable: the host's line ends, and opening gives MOD-202 until `plugIn`. */
  hangUp(): void;
  plugIn(): void;
};

export function createMemoryLine(): MemoryLine {
  let host: { deliver(bytes: Uint8Array): void; end(): void } | undefined;
  let toPeer = (_bytes: Uint8Array): void => {};
  let pluggedIn = true;
  let hostBaudRate: number | undefined;

  function createHostEnd(): SerialLine {
    let open = true;
    let listener: ((bytes: Uint8Array) => void) | undefined;
    let onEnd = () => {};
    let kept: Uint8Array[] = [];

    const end = () => {
      if (!open) return;
      open = false;
      host = undefined;
      kept = [];
      queueMicrotask(() => onEnd());
    };
    host = {
      end,
      deliver(bytes) {
        if (!open) return;
        if (listener) listener(bytes);
        else kept.push(bytes);
      },
    };
    return {
      async write(bytes) {
        if (!open) return failed('MOD-202', 'the line has ended');
        const written = Uint8Array.from(bytes);
        queueMicrotask(() => open && toPeer(written));
        return ok();
      },
      onBytes(newListener) {
        listener = newListener;
        for (const bytes of kept.splice(0)) newListener(bytes);
      },
      onEnd(newOnEnd) {
        onEnd = newOnEnd;
      },
      async setBaudRate(baudRate) {
        if (!open) return failed('MOD-202', 'the line has ended');
        hostBaudRate = baudRate;
        return ok();
      },
      async close() {
        end();
      },
    };
  }

  return {
    async open(_path, settings) {
      if (!pluggedIn) return failed('MOD-202', 'the cable is unplugged');
      if (host !== undefined) return failed('MOD-202', 'the line is open already');
      hostBaudRate = settings.baudRate;
      return ok(createHostEnd());
    },
    peer: {
      write(bytes) {
        const written = Uint8Array.from(bytes);
        const receiver = host;
        queueMicrotask(() => receiver?.deliver(written));
      },
      onBytes(listener) {
        toPeer = listener;
      },
      hostBaudRate: async () => hostBaudRate,
    },
    hangUp() {
      pluggedIn = false;
      host?.end();
    },
    plugIn() {
      pluggedIn = true;
    },
  };
}
