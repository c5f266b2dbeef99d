/** A panel with its real process on a serial line, and that process's id. */
import { type Clock, systemClock } from '../../src/clock.ts';
import { createPanel, type Panel } from '../../src/panel/panel.ts';
import { startPanelProcess } from '../../src/panel/panel-process.ts';

export type PanelOnLine = {
  readonly panel: Panel;
  /** Of the process that holds the line now. */
  pid(): number;
};

/** The supervisor's bounds, for an echo and for a start: a machine that runs other tests beside may stall for so long. */
const BOUNDS_MS = [1_000, 10_000];
const PATIENCE = 5;

/** Real time, with a supervisor that is slower to give up. */
const patientClock: Clock = {
  ...systemClock,
  after: (delayMs, action) => systemClock.after(BOUNDS_MS.includes(delayMs) ? PATIENCE * delayMs : delayMs, action),
};

/** @param path the line's device node @param clock the patient one, but where the bounds themselves are waited for */
export function openPanelOnLine(path: string, clock = patientClock): PanelOnLine {
  let pid: number | undefined;
  const panel = createPanel({
    ...{ path, clock },
    start: (options) => {
      const started = startPanelProcess(options);
      pid = started.pid;
      return started;
    },
  });
  return {
    panel,
    pid() {
      if (pid === undefined) throw new Error('there is no process');
      return pid;
    },
  };
}
