/** What a patient answered, and the eligibility of whoever was proved. */
import type {
  Consent,
  ConsentRecorded,
  EligibilityAbnormal,
  EligibilityAnswered,
  EligibilityInProgress,
} from '../../eligibility/gateway-types.ts';
import { answer, refuse } from './answers.ts';
import { insuranceCases } from './insurance-cases.ts';
import { certificateNote, qualificationsOf } from './qualification-of.ts';
import { consentIn } from './receptions.ts';
import { recordConsent } from './record-consent.ts';
import type { Service, ServiceRoom } from './service-room.ts';

const RETRY_AFTER_MS = 1_000;

export function eligibilityServices(room: ServiceRoom): {
  recordConsent: Service;
  eligibility: Service;
} {
  const { people, receptions, controls, thinking, now, ofReception } = room;
  const registered = (serialNumber: string | null) => {
    const person = serialNumber ? people.bySerial(serialNumber) : undefined;
    return person?.channel ? person : undefined;
  };

  return {
    recordConsent: ofReception((reception, { receptionId, body }) => {
      const consent = body as Consent;
      const refusal = recordConsent(room, reception, consent);
      return refusal ?? answer<ConsentRecorded>(200, { receptionId, items: consent.items, recordedAt: now().toISOString() });
    }),

    // Also of a settled reception: what was agreed to before may still be asked for.
    eligibility: ofReception(async (reception, { receptionId }) => {
      if (!reception.method) return refuse(409, 'not-proved', receptionId);
      const person = registered(reception.serialNumber);
      if (!person) return refuse(422, 'card-not-registered', receptionId);
      const consent = consentIn(reception);
      const { consentedAt } = reception;
      if (!consent || !consentedAt) return refuse(409, 'request-invalid', receptionId, 'no consent recorded');
      const ready = await thinking(receptionId);
      if (!ready || controls.inProgress > 0) {
        if (ready) controls.inProgress--;
        return answer<EligibilityInProgress>(202, {
          receptionId,
          SegmentOfResult: '2',
          retryAfterMs: ready ? RETRY_AFTER_MS : 0,
        });
      }
      if (controls.abnormal) return answer<EligibilityAbnormal>(200, { receptionId, SegmentOfResult: '9', ...abnormalEnd });
      receptions.answer(receptionId, now());
      return answer<EligibilityAnswered>(200, {
        receptionId,
        SegmentOfResult: '1',
        QualificationValidity: insuranceCases[person.insuranceCase].validity,
        ...certificateNote(reception.certificateEnd, now()),
        ResultOfQualificationConfirmation: qualificationsOf(person, consent, new Date(consentedAt)),
      });
    }, true),
  };
}

/** The one error code that public text gives as an example; its meaning is not published. */
const abnormalEnd = { ErrorCode: 'OQC-OWSE0900000', ErrorMessage: '模擬ゲートウェイの異常終了です' };
