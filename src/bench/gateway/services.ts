/**
 * What the bench gateway does for each operation of the protocol: it verifies for real, and answers from its
 * database. Requests have been checked against the document before they come here.
 */
import type { OperationId } from '../../eligibility/protocol.ts';
import { refuse } from './answers.ts';
import { checkpointServices } from './checkpoint-services.ts';
import { eligibilityServices } from './eligibility-services.ts';
import { identityServices } from './identity-services.ts';
import { openWindows } from './maintenance.ts';
import { createMedicalInformation } from './medical-information.ts';
import { openingServices } from './opening-services.ts';
import type { Service, ServiceOptions, ServiceRoom } from './service-room.ts';
import { settle } from './settlement.ts';

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
