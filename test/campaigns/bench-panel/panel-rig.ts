/** The panel's board in simavr, in real time, and the reader's whole way to it: supervisor, process, johnny-five, line. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from '../../../firmware/panel/build.ts';
import { systemClock } from '../../../src/clock.ts';
import { createPanel } from '../../../src/panel/panel.ts';
import { type PanelProcess, startPanelProcess } from '../../../src/panel/panel-process.ts';
import { openBoard } from '../../firmware/panel/simavr/board.ts';
import { nowUs } from '../../firmware/panel/simavr/host-line.ts';
import { panelReady } from '../../panel/panel-ready.ts';

/** In microseconds. */
export type KeyTimes = {
  /** Contact to the event's last byte on the cable, by the controller's own clock: no stall of this machine is in it. */
  readonly byCycles: number;
  /** The same by the clock on the wall. */
  readonly onBoard: number;
  /** Cable to johnny-five's word of it. */
  readonly inProcess: number;
  /** The panel's process to the reader. */
  readonly toReader: number;
};
export type OrderTimes = {
  /** The reader to the board's end of the cable: its process, johnny-five, serialport. */
  readonly toBoard: number;
  /** The order's bytes on the line, the program, and the first half wave of the tone. */
  readonly onBoard: number;
  readonly byCycles: number;
};

export type PanelRig = {
  press(key: string): Promise<KeyTimes>;
  beep(): Promise<OrderTimes>;
  close(): Promise<void>;
};

/** At 1 kHz the tone's pin rises half a millisecond after it was begun. */
const BEEP = [{ hz: 1_000, ms: 10 }];

export async function openPanelRig(): Promise<PanelRig> {
  const folder = mkdtempSync(join(tmpdir(), 'kazasu-bench-panel-'));
  const stamps = join(folder, 'stamps');
  process.env['KAZASU_STAMPS'] = stamps;
  process.env['NODE_OPTIONS'] = `--import=${new URL('./stamp.ts', import.meta.url).href}`;
  const board = await openBoard({ program: build('panel', 'build/panel').hex });
  let child: PanelProcess | undefined;
  let heard: (atUs: number) => void = () => {};
  const panel = createPanel({
    ...{ path: board.port, clock: systemClock },
    start: (options) => {
      child = startPanelProcess(options);
      return child;
    },
  });
  await panelReady(panel);
  panel.onKey(() => heard(nowUs()));

  const nextKey = () =>
    new Promise<number>((resolve) => {
      heard = resolve;
    });
  /** The last of them, since a heartbeat may have passed as well. */
  function lastBefore(us: number, start: string, after: number) {
    const found = board
      .lines()
      .slice(after)
      .findLast(({ what, hostUs }) => what.startsWith(start) && hostUs <= us);
    if (!found) throw new Error(`the board has not told "${start}"`);
    return found;
  }
  return {
    async press(key) {
      const [lines, event] = [board.count(), nextKey()];
      const pressed = await board.tell(`press ${key}`);
      const heardUs = await event;
      // Keys are pressed one at a time: the last stamp is this one's.
      const toldUs = Number(readFileSync(stamps, 'latin1').trimEnd().split('\n').at(-1));
      const released = nextKey();
      await board.tell(`release ${key}`);
      await released;
      const sent = lastBefore(toldUs, 'sent f7', lines);
      return {
        byCycles: sent.simulatedUs - pressed.simulatedUs,
        onBoard: sent.hostUs - pressed.hostUs,
        inProcess: toldUs - sent.hostUs,
        toReader: heardUs - toldUs,
      };
    },
    async beep() {
      const [lines, orderedUs] = [board.count(), nowUs()];
      child?.send({ do: 'play', notes: BEEP });
      const rose = await board.heard((what) => what === 'tone 1', lines);
      const came = lastBefore(rose.hostUs, 'came ', lines);
      return {
        toBoard: came.hostUs - orderedUs,
        onBoard: rose.hostUs - came.hostUs,
        byCycles: rose.simulatedUs - came.simulatedUs,
      };
    },
    async close() {
      await panel.close();
      await board.close();
      rmSync(folder, { recursive: true });
    },
  };
}
