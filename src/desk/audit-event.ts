export type { DeskEvent as DeskAuditEvent } from '../reception/desk-event.ts';
