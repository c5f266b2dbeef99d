import type { AuditEvent, AuditNote, Parcel, ReceptionRow } from '../../src/reception/ports.ts';

export function row(receptionId: string, changes: Partial<ReceptionRow> = {}): ReceptionRow {
  return {
    receptionId,
    method: 'face',
    given: { asked: ['medicines'], consents: ['medicines'] },
    validity: '1',
    outcome: 'accepted',
    fileName: `${receptionId}.xml`,
    startedAt: new Date('2026-04-01T00:00:00Z'),
    acceptedAt: new Date('2026-04-01T00:00:20Z'),
    simulated: true,
    ...changes,
  };
}

/** @param afterMs since the reception began */
export function noteOf(event: AuditEvent, afterMs = 0): AuditNote {
  return { event, atMs: 1_000.5 + afterMs, wall: new Date(row('').startedAt.getTime() + afterMs) };
}

/** A wrong PIN, then a face, and what was said of it: entries of one reception of 20 s. */
export function eventsOf(receptionId: string): AuditNote[] {
  return [
    noteOf({ name: 'reception.started', receptionId }),
    noteOf({ name: 'pin.wrong', receptionId, triesLeft: 2 }, 6_250),
    noteOf({ name: 'identity.proved', receptionId, method: 'face' }, 11_000),
    noteOf({ name: 'reception.accepted', receptionId, method: 'face', validity: '1', fileName: `${receptionId}.xml` }, 20_000),
  ];
}

export function parcelOf(receptionId: string, acceptedAt = row(receptionId).acceptedAt): Parcel {
  const fileName = `${receptionId}.xml`;
  return { receptionId, fileName, files: [{ name: fileName, bytes: Buffer.from('<XmlMsg/>') }], acceptedAt };
}
