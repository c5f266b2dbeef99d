/** The panel's real program on its simulated controller, at the end of a pseudo-terminal as at the end of a cable. */
import { openPty, type PtyLine } from '../../src/bench/module/pty-line.ts';
import { type LivePanel, openSimulatedPanel } from '../firmware/panel/simulated/live-panel.ts';

export type RealFirmware = {
  readonly line: PtyLine;
  readonly hardware: LivePanel;
  close(): Promise<void>;
};

export async function openRealFirmware(): Promise<RealFirmware> {
  const line = await openPty();
  const hardware = openSimulatedPanel();
  line.peer.onBytes((bytes) => hardware.line.write(bytes));
  hardware.line.on('data', (bytes: Buffer) => line.peer.write(bytes));
  return {
    line,
    hardware,
    async close() {
      await line.close();
      hardware.close();
    },
  };
}
