import { createAcsPeer } from '../../src/bench/module/acs-peer.ts';
import { createGemPeer } from '../../src/bench/module/gem-peer.ts';
import type { ModulePeer } from '../../src/bench/module/module-peer.ts';
import type { ProtocolId } from '../../src/card/module/module-link.ts';
import { protocolsOf } from '../../src/card/module/protocols.ts';
import { createSerialModule } from '../../src/card/module/serial-module.ts';
import { cardOf } from '../card/bench-card.ts';
import { memoryInSimulatedTime, ptyInRealTime, type TimedLine } from '../card/timed-line.ts';
import { cardModuleContract, type ModuleBench } from './card-module.ts';

type Kind = { readonly protocol: ProtocolId | 'auto'; readonly slot: number; plug(line: TimedLine): ModulePeer };

const twin: Kind = { protocol: 'gem', slot: 0, plug: (line) => createGemPeer({ wire: line.peer, clock: line.clock }) };
const posPro: Kind = {
  ...twin,
  plug: (line) => createGemPeer({ wire: line.peer, clock: line.clock, variant: 'GemCorePOSPro' }),
};
const contactless: Kind = { protocol: 'acs', slot: 0, plug: (line) => createAcsPeer({ wire: line.peer, clock: line.clock }) };
const contact: Kind = { ...contactless, slot: 1 };

function benchOn(line: TimedLine, { protocol, slot, plug }: Kind): ModuleBench {
  const { clock, until, settle, unplug, plugIn } = line;
  const peer = plug(line);
  const module = createSerialModule({ path: line.path, openLine: line.openLine, clock, protocols: protocolsOf(protocol) });
  return {
    module,
    slot,
    insert: (card) => peer.insert(card, slot),
    remove: () => peer.remove(),
    unplug,
    async plugIn() {
      // A module has its power from the same cable.
      peer.reset();
      await plugIn();
    },
    until,
    settle,
    async close() {
      await settle(module.close());
      await line.close();
    },
  };
}

const inMemory = (kind: Kind) => async () => benchOn(memoryInSimulatedTime(), kind);
const onPty = (kind: Kind) => async () => benchOn(await ptyInRealTime(), kind);
/** Issued once: its keys take half a second. */
const issued = cardOf('adult');
const adult = () => issued;

cardModuleContract('GemPC Twin, in memory on simulated time', inMemory(twin), adult);
cardModuleContract('GemPC Twin, on a pseudo-terminal in real time', onPty(twin), adult);
cardModuleContract('GemCore POS Pro, in memory on simulated time', inMemory(posPro), adult);
cardModuleContract('ACR1281S, contactless, in memory on simulated time', inMemory(contactless), adult);
cardModuleContract('ACR1281S, contactless, on a pseudo-terminal in real time', onPty(contactless), adult);
cardModuleContract('ACR1281S, contact, in memory on simulated time', inMemory(contact), adult);
cardModuleContract('ACR1281S, sought among all', inMemory({ ...contactless, protocol: 'auto' }), adult);
