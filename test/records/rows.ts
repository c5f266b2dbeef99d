import type { AuditEvent, ReceptionRow } from '../../src/reception/ports.ts';

export function row(receptionId: string, changes: Partial<ReceptionRow> = {}): ReceptionRow {
  return {
    receptionId,
    method: 'face',
    consents: ['medicines'],
    validity: '1',
    outcome: 'accepted',
    fileName: `${receptionId}.xml`,
    startedAt: new Date('2026-04-01T00:00:00Z'),
    acceptedAt: new Date('2026-04-01T00:00:20Z'),
    simulated: true,
    ...changes,
  };
}

export function eventsOf(receptionId: string): AuditEvent[] {
  return [
    { name: 'reception.started', receptionId },
    { name: 'pin.wrong', receptionId, triesLeft: 2 },
    { name: 'identity.proved', receptionId, method: 'face' },
    { name: 'reception.accepted', receptionId, method: 'face', validity: '1', fileName: `${receptionId}.xml` },
  ];
}
