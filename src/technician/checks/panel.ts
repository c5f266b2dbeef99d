import type { Fault } from '../../faults/result.ts';
import type { Finding } from '../self-test.ts';

/** The front panel, as its self-test needs it: whoever keeps it there sends it an echo all the time. */
export type TestedPanel = {
  readonly standing:
    | { readonly at: 'starting' }
    /** `build`: the id of the panel's program. */
    | { readonly at: 'ready'; readonly build: string; readonly caseOpen: boolean }
    | { readonly at: 'lost'; readonly fault: Fault };
  /** Calls `listener` after every change of `standing`. Returns the way to stop. */
  watch(listener: () => void): () => void;
};

export async function checkPanel(panel: TestedPanel, signal: AbortSignal): Promise<Finding> {
  const standing = await settled(panel, signal);
  if (standing.at === 'ready') return { at: 'ok', found: `build ${standing.build}` };
  if (standing.at === 'lost') return { at: 'failed', ...standing.fault };
  return { at: 'failed', code: 'UNIT-951', detail: 'the panel did not start' };
}

/** Fails while the case stands open, also for a technician: shutting it and testing again tries the switch itself. */
export async function checkServiceSwitch(panel: TestedPanel, signal: AbortSignal): Promise<Finding> {
  const standing = await settled(panel, signal);
  if (standing.at === 'lost') return { at: 'failed', ...standing.fault };
  if (standing.at === 'starting') return { at: 'failed', code: 'UNIT-951', detail: 'the panel, which would tell, did not start' };
  return standing.caseOpen ? { at: 'failed', code: 'UNIT-953' } : { at: 'ok', found: 'closed' };
}

/** How the panel stands once it has started, or when `signal` aborts. */
function settled(panel: TestedPanel, signal: AbortSignal): Promise<TestedPanel['standing']> {
  return new Promise((resolve) => {
    const look = () => {
      if (panel.standing.at === 'starting' && !signal.aborted) return;
      stop();
      signal.removeEventListener('abort', look);
      resolve(panel.standing);
    };
    const stop = panel.watch(look);
    signal.addEventListener('abort', look, { once: true });
    look();
  });
}
