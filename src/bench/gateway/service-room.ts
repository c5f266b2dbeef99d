/** What each service of the bench gateway is, and what all of them stand in. */
import type { DatabaseSync } from 'node:sqlite';
import type { Maintenance } from '../../eligibility/gateway-types.ts';
import type { Asked } from './answers.ts';
import type { GatewayControls } from './controls.ts';
import type { Answer } from './once.ts';
import type { People } from './people.ts';
import type { Prescriptions } from './prescriptions.ts';
import type { GatewayReception, GatewayReceptions } from './receptions.ts';
import type { Revocation } from './revocation-list.ts';
import type { Terminal } from './terminal-authentication.ts';

export type ServiceOptions = {
  readonly issuerDer: Uint8Array;
  revocationOf(serialNumber: string, now: Date): Promise<Revocation>;
  readonly terminal: Terminal;
  readonly database: DatabaseSync;
  readonly people: People;
  readonly receptions: GatewayReceptions;
  readonly prescriptions: Prescriptions;
  readonly controls: GatewayControls;
  /** Whether the gateway has come to an answer; see thinking.ts. */
  thinking(receptionId: string): Promise<boolean>;
  readonly random: (length: number) => Uint8Array;
  readonly now: () => Date;
};

export type Service = (asked: Asked) => Answer | Promise<Answer>;

/** What the services share. */
export type ServiceRoom = ServiceOptions & {
  /** Services of a reception that this reader has opened. */
  ofReception(serve: (reception: GatewayReception, asked: Asked) => Answer | Promise<Answer>, settledToo?: boolean): Service;
  maintenance(): Maintenance[];
  /** Whether the service of the certificates is there. */
  jpkiServes(): boolean;
};
