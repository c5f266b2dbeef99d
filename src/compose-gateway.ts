/** The bench gateway without a reader, for whoever tries another reader against it. */
import type { ServedGateway } from './bench/gateway/serve-gateway.ts';
import { systemClock } from './clock.ts';
import type { Result } from './faults/result.ts';

export type { ServedGateway };

/** Faults: see `serveGateway`. */
export async function composeGateway(configPath: string): Promise<Result<ServedGateway>> {
  const { serveGateway } = await import('./bench/gateway/serve-gateway.ts');
  return serveGateway(configPath, systemClock);
}

/** Faults: see `makePkiFolder`. */
export async function composePki(folder: string, readers: readonly string[]): Promise<Result<void>> {
  const { makePkiFolder } = await import('./bench/gateway/serve-gateway.ts');
  return makePkiFolder(folder, readers, systemClock);
}
