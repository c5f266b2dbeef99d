/**
 * The panel's own program and the reader's side of it in one process and on one simulated time: avr8js counts cycles, and
 * a timer of johnny-five, firmata-io or ours ends when the panel's clock says so. What is measured here is what the way
 * itself takes; what a machine adds, by computing and by being busy, `npm run -s bench:panel` measures.
 */
import { EventEmitter } from 'node:events';
import { vi } from 'vitest';
import { type Board, openBoard } from '../../src/panel/board.ts';
import { createSimulatedPanel, type SimulatedPanel } from '../firmware/panel/simulated/simulated-panel.ts';

export type SimulatedWay = {
  readonly panel: SimulatedPanel;
  readonly board: Board;
  /** Every key so far: one byte (see KEY_DOWN), and the panel's time when it was told. */
  readonly keys: readonly { readonly key: number; readonly atMs: number }[];
  /** Goes on until `there` holds. @returns the panel's time then; throws when it takes longer than `mostMs` */
  until(there: () => boolean, mostMs: number): Promise<number>;
};

/** How exactly a moment is known. */
const STEP_MS = 0.05;
const GETS_READY_WITHIN_MS = 5_000;

/** Under vi.useFakeTimers. */
export async function openSimulatedWay(): Promise<SimulatedWay> {
  const panel = createSimulatedPanel();
  const keys: { key: number; atMs: number }[] = [];
  const line = Object.assign(new EventEmitter(), { isOpen: true, write: (bytes: Uint8Array) => panel.send(bytes) });
  panel.onByte((byte) => line.emit('data', Uint8Array.of(byte)));

  async function until(there: () => boolean, mostMs: number): Promise<number> {
    for (let leftMs = mostMs; !there(); leftMs -= STEP_MS) {
      if (leftMs < 0) throw new Error(`it takes longer than ${mostMs} ms`);
      panel.advance(STEP_MS);
      await vi.advanceTimersByTimeAsync(STEP_MS);
    }
    return panel.nowMs();
  }

  const opening = openBoard(line, { onNews: () => {}, onKey: (key) => keys.push({ key, atMs: panel.nowMs() }) });
  let settled = false;
  void opening.then(() => {
    settled = true;
  });
  line.emit('open');
  await until(() => settled, GETS_READY_WITHIN_MS);
  const opened = await opening;
  if (!opened.ok) throw new Error(opened.fault.detail);
  return { panel, board: opened.value, keys, until };
}
