/** Which module is at the end of a line, and at which rate: asked in turn, the one that was there last time first. */
import type { Clock } from '../../clock.ts';
import { failed, type Result } from '../../faults/result.ts';
import { type Connection, connectModule } from './connection.ts';
import type { ModuleProtocol } from './module-link.ts';
import type { OpenLine } from './serial-line.ts';

export type FindOptions = {
  readonly path: string;
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

type Candidate = { readonly protocol: ModuleProtocol; readonly baudRate: number };

export function createModuleFinder(options: FindOptions): ModuleFinder {
  const { path, openLine, clock } = options;
  let candidates = options.protocols.flatMap((protocol) => candidatesOf(protocol, options.baudRate));

  async function attempt({ protocol, baudRate }: Candidate, signal: AbortSignal): Promise<Result<Connection>> {
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

  return {
    async find(signal) {
      let heard: Result<Connection> = failed('MOD-201');
      for (const candidate of candidates) {
        if (signal.aborted) return failed('MOD-202', 'closed');
        const found = await attempt(candidate, signal);
        if (found.ok) candidates = [candidate, ...candidates.filter((other) => other !== candidate)];
        if (found.ok || found.fault.code === 'MOD-202') return found;
        if (found.fault.code === 'MOD-203') heard = found;
      }
      return heard;
    },
  };
}

function candidatesOf(protocol: ModuleProtocol, wanted: number | undefined): Candidate[] {
  const rates = new Set(wanted === undefined ? protocol.baudRates : [wanted, ...protocol.baudRates]);
  return [...rates].map((baudRate) => ({ protocol, baudRate }));
}
