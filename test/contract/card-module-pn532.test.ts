import { createPn532Peer } from '../../src/bench/module/pn532/pn532-peer.ts';
import { protocolsOf } from '../../src/card/module/protocols.ts';
import { createSerialModule } from '../../src/card/module/serial-module.ts';
import { cardOf } from '../card/bench-card.ts';
import { memoryInSimulatedTime, ptyInRealTime, type TimedLine } from '../card/timed-line.ts';
import { cardModuleContract, type ModuleBench } from './card-module.ts';

function benchOn(line: TimedLine, baudRate?: number): ModuleBench {
  const { clock, until, settle, unplug, plugIn } = line;
  const peer = createPn532Peer({ wire: line.peer, clock });
  const module = createSerialModule({
    path: line.path,
    openLine: line.openLine,
    clock,
    protocols: protocolsOf('pn532'),
    ...(baudRate && { baudRate }),
  });
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
const raised = async () => benchOn(memoryInSimulatedTime(), 460_800);
const onPty = async () => benchOn(await ptyInRealTime());

cardModuleContract('PN532, in memory on simulated time', inMemory, () => cardOf('adult'));
cardModuleContract('PN532 raised to 460800 baud, in memory on simulated time', raised, () => cardOf('adult'));
cardModuleContract('PN532, on a pseudo-terminal in real time', onPty, () => cardOf('adult'));
