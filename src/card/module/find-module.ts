/**
 * Which module is at the end of a line, at which rate and under which path: asked in turn, the one that was there last time
 * first. What is asked changes nothing in any of the modules, and is answered or given up within 350 ms.
 */
import type { Clock } from '../../clock.ts';
import { failed, type Result } from '../../faults/result.ts';
import { type Candidate, createCandidates } from './candidates.ts';
import { type Connection, connectModule } from './connection.ts';
import { createDevicePath } from './device-path.ts';
import type { ModuleProtocol } from './module-link.ts';
import type { OpenLine } from './serial-line.ts';

export type FindOptions = {
  /** A device node or a link to one; `auto`: every serial adapter there is. */
  readonly path: string;
  /** Where the system keeps lasting links to serial adapters; `/dev/serial/by-id` when absent. */
  readonly byIdFolder?: string;
  readonly openLine: OpenLine;
  readonly clock: Clock;
  /** The one that is known to be there, or all that may be. */
  readonly protocols: readonly ModuleProtocol[];
  /** The rate to work at; the protocol's own first one where none is given. */
  readonly baudRate?: number;
};

export interface ModuleFinder {
  /** Gives up when `signal` aborts. Faults: MOD-201 (no answer), MOD-202 (no line), MOD-203 (none of these protocols). */
  find(signal: AbortSignal): Promise<Result<Connection>>;
}

export function createModuleFinder(options: FindOptions): ModuleFinder {
  const { openLine, clock } = options;
  const device = createDevicePath(options.path, options.byIdFolder);
  const candidates = createCandidates(options.protocols, options.baudRate);

  async function attempt(path: string, { protocol, baudRate }: Candidate, signal: AbortSignal): Promise<Result<Connection>> {
    const line = await openLine(path, { ...protocol.line, baudRate });
    if (!line.ok) return line;
    const stop = () => void line.value.close();
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) stop();
    const wanted = options.baudRate ?? protocol.baudRates[0] ?? baudRate;
    const connected = await connectModule({ line: line.value, protocol, baudRate: wanted, clock });
    signal.removeEventListener('abort', stop);
    return connected;
  }

  async function findAt(path: string, round: readonly Candidate[], signal: AbortSignal): Promise<Result<Connection>> {
    let heard: Result<Connection> = failed('MOD-201', `${path}: no module answers`);
    for (const candidate of round) {
      if (signal.aborted) return failed('MOD-202', 'closed');
      const found = await attempt(path, candidate, signal);
      if (found.ok) {
        candidates.remember(candidate);
        device.remember(path);
      }
      if (found.ok || found.fault.code === 'MOD-202') return found;
      if (found.fault.code === 'MOD-203') heard = found;
    }
    return heard;
  }

  return {
    async find(signal) {
      let failure: Result<Connection> = failed('MOD-202', 'no serial adapter is plugged in');
      const round = candidates.nextRound();
      for (const path of device.candidates()) {
        const found = await findAt(path, round, signal);
        if (found.ok || signal.aborted) return found;
        if (failure.ok || failure.fault.code === 'MOD-202') failure = found;
      }
      return failure;
    },
  };
}
