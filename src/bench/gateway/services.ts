/**
 * What the bench gateway does for each operation of the protocol: it verifies for real, and answers from its
 * database. Requests have been checked against the document before they come here.
 */
import type { DatabaseSync } from 'node:sqlite';
import type { Maintenance, Settled } from '../../eligibility/gateway-types.ts';
import type { OperationId } from '../../eligibility/protocol.ts';
import { type Asked, answer, refuse } from './answers.ts';
import { checkpointServices } from './checkpoint-services.ts';
import type { GatewayControls } from './controls.ts';
import { eligibilityServices } from './eligibility-services.ts';
import { identityServices } from './identity-services.ts';
import { openWindows } from './maintenance.ts';
import { createMedicalInformation } from './medical-information.ts';
import type { Answer } from './once.ts';
import { openingServices } from './opening-services.ts';
import type { People } from './people.ts';
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
};

export function createServices(options: ServiceOptions) {
  const { receptions, controls, now } = options;
  const room: ServiceRoom = {
    ...options,
    maintenance: () => openWindows(controls.maintenance, now()),
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
  return { services, informationLog: medicalInformation.log, maintenance: room.maintenance };
}

/** How far it came; a reception that never came here is kept as settled, so that it cannot be opened late. */
function settle({ receptions, now }: ServiceRoom, { receptionId, device }: Asked): Answer {
  const neverOpened = receptions.open(receptionId, device, new Uint8Array(), now());
  const reception = receptions.find(receptionId, device);
  if (!reception) return refuse(404, 'reception-unknown', receptionId);
  receptions.settle(receptionId, now());
  if (neverOpened || reception.challenge.length === 0) return answer<Settled>(200, { receptionId, at: 'never-opened' });
  const { method, consents, consentedAt, answeredAt } = reception;
  if (!method) return answer<Settled>(200, { receptionId, at: 'opened' });
  if (!consents || !consentedAt) return answer<Settled>(200, { receptionId, at: 'proved', method });
  const items = JSON.parse(consents) as NonNullable<Settled['items']>;
  return answer<Settled>(200, { receptionId, at: answeredAt ? 'answered' : 'consented', method, items, consentedAt });
}
