/** A process with a panel, for tests that kill it: `reader-with-panel.ts PATH` tells its parent the panel process's id. */
import { openPanelOnLine } from './panel-on-line.ts';
import { panelReady } from './panel-ready.ts';

const { panel, pid } = openPanelOnLine(process.argv[2] ?? '');
await panelReady(panel);
process.send?.(pid());
