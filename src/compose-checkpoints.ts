/** The newest signed head of the audit log goes to the gateway, where nobody at the reader can change it. */
import type { Clock } from './clock.ts';
import type { IdleTask } from './compose-idle.ts';
import type { GatewayClient } from './eligibility/gateway-client.ts';
import { ok } from './faults/result.ts';
import type { Records } from './records/records.ts';

export type CheckpointsOptions = {
  readonly gateway: Pick<GatewayClient, 'keepCheckpoint'>;
  readonly records: Pick<Records, 'checkpoints' | 'note'>;
  readonly clock: Clock;
};

/** What was given in an earlier run is not known here, and given once more. */
export function checkpointTask({ gateway, records, clock }: CheckpointsOptions): IdleTask {
  let givenUpTo = 0;
  let refused = false;

  function notGiven() {
    const newest = records.checkpoints.newest();
    return newest.ok && newest.value && newest.value.seq > givenUpTo ? newest.value : undefined;
  }

  return {
    due: () => notGiven() !== undefined,
    async run(signal) {
      const checkpoint = notGiven();
      if (!checkpoint) return ok();
      const { seq } = checkpoint;
      const given = await gateway.keepCheckpoint(checkpoint, signal);
      if (!given.ok) return given;
      givenUpTo = seq;
      const wasRefused = refused;
      refused = given.value === 'refused';
      // Noted once: the entry itself leads to another checkpoint.
      if (!refused || wasRefused) return ok();
      return records.note([{ event: { name: 'checkpoint.refused', seq }, atMs: clock.now(), wall: clock.wall() }]);
    },
  };
}
