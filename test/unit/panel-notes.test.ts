import { describe, expect, test } from 'vitest';
import { notePanel, panelStandingOf } from '../../src/compose-panel.ts';
import { ok } from '../../src/faults/result.ts';
import type { Panel, PanelStanding } from '../../src/panel/panel.ts';
import type { AuditEvent, AuditNote } from '../../src/reception/ports.ts';
import { createSimulatedClock } from '../simulated-clock.ts';

const ready = (caseOpen: boolean): PanelStanding => ({ at: 'ready', build: '1a2b', caseOpen, somebody: false });
const lost: PanelStanding = { at: 'lost', fault: { code: 'PANEL-251' } };

function standingPanel() {
  let listener = () => {};
  const panel = {
    standing: { at: 'starting' } as PanelStanding,
    watch(told: () => void) {
      listener = told;
      return () => {
        listener = () => {};
      };
    },
  };
  const stand = (standing: PanelStanding) => {
    panel.standing = standing;
    listener();
  };
  return { panel: panel as unknown as Panel, stand };
}

describe('the front panel', () => {
  test('is noted when it is lost and back, and when the case is opened and closed, once each', () => {
    const { panel, stand } = standingPanel();
    const noted: AuditEvent[] = [];
    const note = (notes: readonly AuditNote[]) => {
      noted.push(...notes.map(({ event }) => event));
      return ok();
    };
    const stop = notePanel(panel, { note }, createSimulatedClock());
    for (const each of [ready(false), ready(false), ready(true), ready(true), ready(false), lost, lost, ready(false)])
      stand(each);
    expect(noted).toEqual([
      { name: 'case.opened' },
      { name: 'case.closed' },
      { name: 'panel.lost', code: 'PANEL-251' },
      { name: 'panel.back', build: '1a2b' },
    ]);
    stop();
    stand(lost);
    expect(noted.length).toBe(4);
  });

  test('is told to the desk while it wants attention', () => {
    const { panel, stand } = standingPanel();
    const { attention, watch } = panelStandingOf(panel);
    let told = 0;
    watch(() => told++);
    const seen = [{ at: 'starting' } as const, ready(false), ready(true), lost].map((each) => {
      stand(each);
      return attention();
    });
    expect(seen).toEqual([undefined, undefined, 'case-open', 'PANEL-251']);
    expect(told).toBe(4);
  });
});
