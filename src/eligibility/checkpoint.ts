/** The audit log's signed head, given to the gateway: kept there, it shows later whether the log's end was cut off. */
import { ok, type Result } from '../faults/result.ts';
import type { SignedCheckpoint } from '../records/checkpoint.ts';
import type { Exchange } from './exchange.ts';
import type { Checkpoint, HeldCheckpoint, RefusalCode } from './gateway-types.ts';

/** `refused`: the gateway holds one that this log does not agree with. */
export type CheckpointKept = 'kept' | 'refused';

const REFUSED: RefusalCode = 'checkpoint-refused';

/** Safe to be repeated: the same checkpoint is kept once. Faults: GATE-501…504. */
export async function keepCheckpoint(
  exchange: Exchange,
  { seq, hash, at, signature }: SignedCheckpoint,
  signal: AbortSignal,
): Promise<Result<CheckpointKept>> {
  const body: Checkpoint = { seq, hash, at, signature: Buffer.from(signature).toString('base64') };
  const kept = await exchange.ask<HeldCheckpoint>({
    ...{ operation: 'keepCheckpoint', trace: exchange.newTrace(), signal, body },
    // One signature is over one checkpoint: another one at the same place is another question.
    ...{ key: `checkpoint.${Buffer.from(signature).toString('hex', 0, 16)}`, boundMs: exchange.limits.changeMs },
  });
  if (kept.ok) return ok('kept');
  return kept.fault.detail === REFUSED ? ok('refused') : kept;
}
