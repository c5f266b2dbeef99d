/**
 * Which parts may fail after an update because they failed before it: what hangs on the unit or stands beyond it, and
 * breaks by itself. All else is the new version's own to make work, or is what keeps patients' records and brings the next
 * update: network, clock, certificates, disk, update keys, face models, portrait decoder, records, audit log. A part that
 * a later self-test adds is not excused until it is named here.
 */
const MAY_FAIL_AS_BEFORE: readonly string[] = [
  ...['card-module', 'face-camera', 'card-camera', 'panel', 'service-switch', 'gateway', 'board'],
];

export function mayFailAsBefore(part: string): boolean {
  return MAY_FAIL_AS_BEFORE.includes(part);
}
