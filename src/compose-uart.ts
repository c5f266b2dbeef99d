/** The technician's card bench test: the reader's own driver on the second UART, a simulator at the end of its cable. */
import type { Clock } from './clock.ts';
import { composeCardReader } from './compose-card.ts';
import { ok, type Result } from './faults/result.ts';

/** Often enough for a loose wire to show. */
const ROUNDS = 5;

/** Looks at the card there several times over. Value: module, and how long each took. Faults: CARD-101…104, MOD-*. */
export async function readSecondUart(port: string, clock: Clock, signal: AbortSignal): Promise<Result<string>> {
  const found = await composeCardReader({ module: 'auto', port }, signal);
  if (!found.ok) return found;
  const reader = found.value;
  try {
    const since = clock.now();
    for (let round = 0; round < ROUNDS; round++) {
      const status = await reader.readStatus(signal);
      if (!status.ok) return status;
    }
    const each = Math.round((clock.now() - since) / ROUNDS);
    return ok(`${reader.moduleName}: ${ROUNDS} times, ${each} ms each, ${reader.receivedBytes} bytes`);
  } finally {
    await reader.close();
  }
}
