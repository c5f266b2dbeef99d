import type { KeyObject } from 'node:crypto';
import type { CardFront } from './card/front/card-front.ts';
import type { ProtocolId } from './card/module/module-link.ts';
import type { OpenLine } from './card/module/serial-line.ts';
import type { GatewayOptions } from './eligibility/gateway-client.ts';
import type { FaultCode } from './faults/catalogue.ts';
import type { CameraPort, PanelPort } from './reception/ports.ts';

/** What a reader stands in: on a unit the hardware and the network, on the bench their simulators. */
export type World = {
  readonly openLine: OpenLine;
  readonly module: { readonly path: string; readonly protocol: ProtocolId | 'auto'; readonly baudRate?: number };
  readonly front: CardFront;
  readonly trustedCvKeys: readonly KeyObject[];
  readonly camera: CameraPort;
  readonly gateway: Pick<GatewayOptions, 'origin' | 'tls' | 'request'>;
  readonly panel: PanelPort;
  /** Of a panel that may be lost; absent: there is none to lose. */
  readonly panelStanding?: PanelStanding;
  readonly simulated: boolean;
};

export type PanelStanding = {
  /** What staff are to know of it; undefined while all is well. */
  attention(): FaultCode | 'case-open' | undefined;
  /** Calls `listener` after every change. Returns the way to stop. */
  watch(listener: () => void): () => void;
};
