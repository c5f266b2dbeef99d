import { createGemPeer } from '../../src/bench/module/gem-peer.ts';
import { protocolsOf } from '../../src/card/module/protocols.ts';
import { createSerialModule } from '../../src/card/module/serial-module.ts';
import { cardOf } from '../card/bench-card.ts';
import { memoryInSimulatedTime, ptyInRealTime, type TimedLine } from '../card/timed-line.ts';
import { cardModuleContract, type ModuleBench } from './card-module.ts';

function benchOn(line: TimedLine): ModuleBench {
  const { clock, until, settle, unplug, plugIn } = line;
  const peer = createGemPeer({ wire: line.peer, clock });
  const module = createSerialModule({ path: line.path, openLine: line.openLine, clock, protocols: protocolsOf('gem') });
  return {
    module,
    insert: (card) => peer.insert(card),
    remove: () => peer.remove(),
    unplug,
    plugIn,
    until,
    settle,
    async close() {
      await settle(module.close());
      await line.close();
    },
  };
}

const inMemory = async () => benchOn(memoryInSimulatedTime());
const onPty = async () => benchOn(await ptyInRealTime());

cardModuleContract('GemPC Twin, in memory on simulated time', inMemory, () => cardOf('adult'));
cardModuleContract('GemPC Twin, on a pseudo-terminal in real time', onPty, () => cardOf('adult'));
