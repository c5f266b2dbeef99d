/** Every protocol of serial card modules that is understood here, in the order in which they are looked for. */
import { acsProtocol } from './ccid/acs-protocol.ts';
import { gemProtocol } from './ccid/gem-protocol.ts';
import type { ModuleProtocol, ProtocolId } from './module-link.ts';
import { pn532Protocol } from './pn53x/pn532-protocol.ts';

const all: readonly ModuleProtocol[] = [gemProtocol, acsProtocol, pn532Protocol];

/** The protocols to look for: one that is known, or all. */
export function protocolsOf(wanted: ProtocolId | 'auto'): readonly ModuleProtocol[] {
  return wanted === 'auto' ? all : all.filter(({ id }) => id === wanted);
}
