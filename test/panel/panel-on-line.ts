/** A panel with its real process on a serial line, and that process's id. */
import { systemClock } from '../../src/clock.ts';
import { createPanel, type Panel } from '../../src/panel/panel.ts';
import { startPanelProcess } from '../../src/panel/panel-process.ts';

export type PanelOnLine = {
  readonly panel: Panel;
  /** Of the process that holds the line now. */
  pid(): number;
};

/** @param path the line's device node */
export function openPanelOnLine(path: string): PanelOnLine {
  let pid: number | undefined;
  const panel = createPanel({
    path,
    clock: systemClock,
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
