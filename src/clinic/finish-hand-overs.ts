import { ok, type Result } from '../faults/result.ts';
import type { Records } from '../records/records.ts';
import type { ClinicFolder, Recovered } from './clinic-folder.ts';

/**
 * At start: whatever was recorded before a crash is handed over, whatever was not is removed. A recorded result
 * that has no temporary file any more was given its name, and may since have been taken by the clinic.
 * Faults: REC-701, REC-702.
 */
export async function finishHandOvers(
  folder: ClinicFolder,
  records: Pick<Records, 'undelivered' | 'delivered'>,
): Promise<Result<Recovered>> {
  const undelivered = records.undelivered();
  if (!undelivered.ok) return undelivered;
  const open = new Set(undelivered.value.map(({ fileName }) => fileName));
  const recovered = await folder.recover((fileName) => (open.has(fileName) ? 'accepted' : 'unknown'));
  if (!recovered.ok) return recovered;
  for (const { receptionId } of undelivered.value) {
    const delivered = records.delivered(receptionId);
    if (!delivered.ok) return delivered;
  }
  return ok(recovered.value);
}
