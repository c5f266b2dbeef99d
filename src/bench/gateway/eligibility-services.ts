/** Consent, and the eligibility of whoever was proved. */
import type {
  Consent,
  ConsentItem,
  ConsentRecorded,
  EligibilityAbnormal,
  EligibilityAnswered,
  EligibilityInProgress,
} from '../../eligibility/gateway-types.ts';
import { answer, refuse } from './answers.ts';
import { insuranceCases } from './insurance-cases.ts';
import { qualificationsOf } from './qualification-of.ts';
import type { Service, ServiceRoom } from './services.ts';

const RETRY_AFTER_MS = 1_000;

export function eligibilityServices({ people, receptions, controls, thinking, now, ofReception }: ServiceRoom): {
  recordConsent: Service;
  eligibility: Service;
} {
  const registered = (serialNumber: string | null) => {
    const person = serialNumber ? people.bySerial(serialNumber) : undefined;
    return person?.channel ? person : undefined;
  };

  return {
    recordConsent: ofReception((reception, { receptionId, body }) => {
      if (!reception.method) return refuse(409, 'not-proved', receptionId);
      if (!registered(reception.serialNumber)) return refuse(422, 'card-not-registered', receptionId);
      const { items, prescription } = body as Consent;
      if (reception.qualificationOnly && items.length > 0)
        return refuse(422, 'certificate-expired', receptionId, 'in the three months after its end: the qualification only');
      const at = now();
      receptions.consent(receptionId, items, prescription, at);
      return answer<ConsentRecorded>(200, { receptionId, items, recordedAt: at.toISOString() });
    }),

    // Also of a settled reception: what was agreed to before may still be asked for.
    eligibility: ofReception(async (reception, { receptionId }) => {
      if (!reception.method) return refuse(409, 'not-proved', receptionId);
      const person = registered(reception.serialNumber);
      if (!person) return refuse(422, 'card-not-registered', receptionId);
      const { consents, consentedAt } = reception;
      if (!consents || !consentedAt) return refuse(409, 'request-invalid', receptionId, 'no consent recorded');
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
      const items = JSON.parse(consents) as ConsentItem[];
      return answer<EligibilityAnswered>(200, {
        receptionId,
        SegmentOfResult: '1',
        QualificationValidity: insuranceCases[person.insuranceCase].validity,
        ResultOfQualificationConfirmation: qualificationsOf(person, items, new Date(consentedAt)),
      });
    }, true),
  };
}

/** The one error code that public text gives as an example; its meaning is not published. */
const abnormalEnd = { ErrorCode: 'OQC-OWSE0900000', ErrorMessage: '模擬ゲートウェイの異常終了です' };
