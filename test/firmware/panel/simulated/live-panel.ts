/** The simulated panel in real time, behind a stream like a serial port's: for whoever talks to it as the reader does. */
import { Duplex } from 'node:stream';
import { createSimulatedPanel, type SimulatedPanel } from './simulated-panel.ts';

export type LivePanel = Omit<SimulatedPanel, 'advance' | 'send' | 'received' | 'waiting'> & {
  /** The host's end of the cable. */
  readonly line: Duplex;
  close(): void;
};

/** How often the simulation catches up with the clock on the wall. */
const TURN_MS = 2;
/** After a stall of this machine it goes on from now: it does not race through what was missed. */
const LONGEST_TURN_MS = 50;

/** Opens it as after power-on. Whoever opens it closes it. */
export function openSimulatedPanel(): LivePanel {
  const { advance, send, received, waiting: _, ...panel } = createSimulatedPanel();
  const line = new Duplex({
    read() {},
    write(bytes: Buffer, _encoding, done) {
      send(bytes);
      done();
    },
  });

  let before = performance.now();
  const turning = setInterval(() => {
    const now = performance.now();
    advance(Math.min(now - before, LONGEST_TURN_MS));
    before = now;
    const bytes = received();
    if (bytes.length > 0) line.push(Buffer.from(bytes));
  }, TURN_MS);

  return {
    ...panel,
    line,
    close() {
      clearInterval(turning);
      line.destroy();
    },
  };
}
