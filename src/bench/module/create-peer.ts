import type { ProtocolId } from '../../card/module/module-link.ts';
import { createAcsPeer } from './acs-peer.ts';
import { createGemPeer } from './gem-peer.ts';
import type { ModulePeer, ModulePeerOptions } from './module-peer.ts';
import { createPn532Peer } from './pn532/pn532-peer.ts';

const makers: Partial<Record<ProtocolId, (options: ModulePeerOptions) => ModulePeer>> = {
  acs: createAcsPeer,
  gem: createGemPeer,
  pn532: createPn532Peer,
};

/** The simulated module of this protocol. */
export function createModulePeer(protocol: ProtocolId, options: ModulePeerOptions): ModulePeer {
  const make = makers[protocol];
  if (!make) throw new Error(`no simulated module speaks ${protocol}`);
  return make(options);
}
