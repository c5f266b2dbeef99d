/**
 * What the bench gateway does for each operation of the protocol: it verifies for real, and answers from its
 * database. Requests have been checked against the document before they come here.
 */
import type { DatabaseSync } from 'node:sqlite';
import type { Maintenance } from '../../eligibility/gateway-types.ts';
import type { OperationId } from '../../eligibility/protocol.ts';
import { type Asked, refuse } from './answers.ts';
import { checkpointServices } from './checkpoint-services.ts';
import type { GatewayControls } from './controls.ts';
import { eligibilityServices } from './eligibility-services.ts';
import { identityServices } from './identity-services.ts';
import { openWindows } from './maintenance.ts';
import { createMedicalInformation } from './medical-information.ts';
import type { Answer } from './once.ts';
import { openingServices } from './opening-services.ts';
import type { People } from './people.ts';
import type { Prescriptions } from './prescriptions.ts';
import type { GatewayReception, GatewayReceptions } from './receptions.ts';
import type { Revocation } from './revocation-list.ts';
import { settle } from './settlement.ts';
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

export function createServices(options: ServiceOptions) {
  const { receptions, controls, now } = options;
  const maintenance = () => openWindows(controls.maintenance, now());
  const room: ServiceRoom = {
    ...options,
    maintenance,
    jpkiServes: () => !maintenance().some(({ part }) => part === 'jpki'),
    ofReception: (serve, settledToo) => (asked) => {
      const reception = receptions.find(asked.receptionId, asked.device);
      if (!reception) return refuse(404, 'reception-unknown', asked.receptionId);
      if (reception.settledAt && !settledToo) return refuse(409, 'reception-settled', asked.receptionId);
      return serve(reception, asked);
    },
  };
  const medicalInformation = createMedicalInformation(options);
  const services: Record<OperationId, Service> = {
    ...openingServices(room),
    ...identityServices(room),
    ...eligibilityServices(room),
    settle: (asked) => settle(room, asked),
    medicalInformation: medicalInformation.serve,
    ...checkpointServices(options),
  };
  return { services, informationLog: medicalInformation.log, maintenance };
}
