import type { UpdateEvent } from './ports.ts';
import { updateFaults } from './update-fault.ts';

/** One line of JSON for the journal; a fault comes with what it means and what to do. */
export function logLine(event: UpdateEvent): string {
  if (event.name !== 'update.fault') return JSON.stringify(event);
  const { code, detail } = event.fault;
  return JSON.stringify({ name: event.name, code, detail, ...updateFaults[code] });
}
