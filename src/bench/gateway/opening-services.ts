import type { Health, OpenedReception, ReceptionOpening } from '../../eligibility/gateway-types.ts';
import { answer, refuse } from './answers.ts';
import type { Service, ServiceRoom } from './service-room.ts';

/** The terminal authentication is ours: every answer that speaks of it says so. */
const standIn = { simulated: true, terminalAuthentication: 'stand-in' } as const;

export function openingServices({ receptions, controls, random, now, maintenance }: ServiceRoom): {
  health: Service;
  openReception: Service;
} {
  return {
    health: () => answer<Health>(200, { status: 'serving', ...standIn }),

    openReception({ device, body }) {
      const { receptionId } = body as ReceptionOpening;
      const challenge = random(32);
      if (!receptions.open(receptionId, device, challenge, now()))
        return refuse(409, 'request-invalid', receptionId, 'opened before');
      return answer<OpenedReception>(201, {
        receptionId,
        challenge: Buffer.from(challenge).toString('base64'),
        facility: controls.facility,
        maintenance: maintenance(),
        ...standIn,
      });
    },
  };
}
