import { createGemPeer } from '../../src/bench/module/gem-peer.ts';
import { type Line, memoryLine, ptyLine } from '../../src/bench/module/line.ts';
import { createGemModule } from '../../src/card/module/gem-module.ts';
import { type Clock, systemClock } from '../../src/clock.ts';
import { cardOf } from '../card/bench-card.ts';
import { createSimulatedClock } from '../simulated-clock.ts';
import { cardModuleContract, type ModuleBench } from './card-module.ts';

function benchOn(line: Line, clock: Clock, until: ModuleBench['until']): ModuleBench {
  const peer = createGemPeer({ wire: line.peer, clock });
  const module = createGemModule({ path: line.path, openLine: line.openLine, clock });
  async function settle<T>(work: Promise<T>, withinMs = 20_000): Promise<T> {
    let ended = false;
    void work.finally(() => {
      ended = true;
    });
    await until(() => ended, withinMs);
    return work;
  }
  return {
    module,
    insert: (card) => peer.insert(card),
    remove: () => peer.remove(),
    unplug: () => line.unplug(),
    plugIn: () => line.plugIn(),
    until,
    settle,
    async close() {
      await settle(module.close());
      await line.close();
    },
  };
}

async function inMemory(): Promise<ModuleBench> {
  const clock = createSimulatedClock();
  return benchOn(memoryLine(), clock, (condition, withinMs) => clock.runUntil(condition, withinMs));
}

async function onPty(): Promise<ModuleBench> {
  return benchOn(await ptyLine(), systemClock, reallyUntil);
}

/** A busy test machine is given five times as long as the contract allows: what counts here is that it happens. */
async function reallyUntil(condition: () => boolean, withinMs: number): Promise<void> {
  const endMs = performance.now() + 5 * withinMs;
  while (!condition()) {
    if (performance.now() > endMs) throw new Error(`not within ${5 * withinMs} ms: ${condition}`);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

cardModuleContract('GemPC Twin, in memory on simulated time', inMemory, () => cardOf('adult'));
cardModuleContract('GemPC Twin, on a pseudo-terminal in real time', onPty, () => cardOf('adult'));
