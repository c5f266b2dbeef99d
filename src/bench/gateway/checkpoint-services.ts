/**
 * The newest signed head of each reader's audit log. It only goes forward: a log that has become shorter, or has another
 * head at the same place, is refused, and what is held still tells an auditor how long it was.
 */
import type { DatabaseSync } from 'node:sqlite';
import type { Checkpoint, HeldCheckpoint } from '../../eligibility/gateway-types.ts';
import { answer, refuse } from './answers.ts';
import type { Service } from './service-room.ts';

export function checkpointServices({ database }: { readonly database: DatabaseSync }): {
  keepCheckpoint: Service;
  heldCheckpoint: Service;
} {
  const select = database.prepare('SELECT readerId, seq, hash, at, signature FROM checkpoint WHERE readerId = ?');
  const keep = database.prepare(
    `INSERT INTO checkpoint (readerId, seq, hash, at, signature) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (readerId) DO UPDATE SET seq = excluded.seq, hash = excluded.hash, at = excluded.at, signature = excluded.signature`,
  );
  const heldOf = (readerId: string) => select.get(readerId) as HeldCheckpoint | undefined;

  return {
    keepCheckpoint({ device, body }) {
      const { seq, hash, at, signature } = body as Checkpoint;
      const held = heldOf(device);
      if (held && (seq < held.seq || (seq === held.seq && hash !== held.hash)))
        return refuse(409, 'checkpoint-refused', undefined, `entry ${held.seq} was the last one`);
      keep.run(device, seq, hash, at, signature);
      return answer<HeldCheckpoint>(200, { readerId: device, seq, hash, at, signature });
    },

    heldCheckpoint({ readerId }) {
      const held = heldOf(readerId);
      return held ? answer<HeldCheckpoint>(200, held) : refuse(404, 'checkpoint-unknown');
    },
  };
}
