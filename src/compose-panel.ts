/** What becomes of the front panel, for the desk and for the record. */
import type { Clock } from './clock.ts';
import type { Panel, PanelStanding as Standing } from './panel/panel.ts';
import type { AuditEvent, RecordsPort } from './reception/ports.ts';
import type { PanelStanding } from './world.ts';

/** A panel that is still starting has not been lost. */
export const panelStandingOf = (panel: Panel): PanelStanding => ({
  attention() {
    const { standing } = panel;
    if (standing.at === 'lost') return standing.fault.code;
    return standing.at === 'ready' && standing.caseOpen ? 'case-open' : undefined;
  },
  watch: (listener) => panel.watch(listener),
});

/** Notes in the audit log when the panel is lost and back, and when the case is opened and closed. Returns the way to stop. */
export function notePanel(panel: Panel, records: Pick<RecordsPort, 'note'>, clock: Clock): () => void {
  let before: Standing = { at: 'starting' };
  const look = () => {
    const now = panel.standing;
    const events = eventsBetween(before, now);
    before = now;
    if (events.length > 0) records.note(events.map((event) => ({ event, atMs: clock.now(), wall: clock.wall() })));
  };
  look();
  return panel.watch(look);
}

function eventsBetween(before: Standing, now: Standing): readonly AuditEvent[] {
  if (now.at === 'lost') return before.at === 'lost' ? [] : [{ name: 'panel.lost', code: now.fault.code }];
  if (now.at !== 'ready') return [];
  const open = before.at === 'ready' && before.caseOpen;
  return [
    ...(before.at === 'lost' ? [{ name: 'panel.back', build: now.build } as const] : []),
    ...(now.caseOpen && !open ? [{ name: 'case.opened' } as const] : []),
    ...(open && !now.caseOpen ? [{ name: 'case.closed' } as const] : []),
  ];
}
