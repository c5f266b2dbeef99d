import type { ProtocolId } from '../../card/module/module-link.ts';
import { createGemPeer } from './gem-peer.ts';
import type { ModulePeer, ModulePeerOptions } from './module-peer.ts';

const makers: Partial<Record<ProtocolId, (options: ModulePeerOptions) => ModulePeer>> = {
  gem: createGemPeer,
};

/** The simulated module of this protocol. */
export function createModulePeer(protocol: ProtocolId, options: ModulePeerOptions): ModulePeer {
  const make = makers[protocol];
  if (!make) throw new Error(`no simulated module speaks ${protocol}`);
  return make(options);
}
