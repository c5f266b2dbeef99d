import { XMLBuilder } from 'fast-xml-parser';
import type { ClinicResult } from '../reception/ports.ts';
import { withConsents } from './consent-elements.ts';
import { japanDay, japanTime } from './japan-time.ts';

const SIMULATED = '<!-- SIMULATED: made on a bench from invented people. Not a result of オンライン資格確認. -->\n';

const builder = new XMLBuilder({ format: true, indentBy: '  ', suppressEmptyNode: false, ignoreAttributes: true });

/**
 * The OQS result file of a face reader, as text to be written in UTF-8:
 *
 *   XmlMsg
 *     MessageHeader   times, institution, SegmentOfResult, CharacterCodeIdentifier
 *     MessageBody     ProcessingResultStatus, QualificationValidity
 *       ResultList
 *         ResultOfQualificationConfirmation …
 *
 * Values stand as they came: leading zeros and spaces are kept.
 */
export function resultXml(result: ClinicResult, medicalInstitutionCode: string): string {
  const message = { XmlMsg: { MessageHeader: header(result, medicalInstitutionCode), MessageBody: body(result) } };
  const comment = result.simulated ? SIMULATED : '';
  return `<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n${comment}${builder.build(message)}`;
}

function header({ at, receptionId, answer }: ClinicResult, medicalInstitutionCode: string) {
  return {
    ProcessExecutionTime: japanTime(at),
    QualificationConfirmationDate: japanDay(at),
    MedicalInstitutionCode: medicalInstitutionCode,
    // Free for the sender: so the file can be traced to its reception and its record.
    ArbitraryFileIdentifier: receptionId,
    // 1: by a card, not by an insurance number.
    ReferenceClassification: '1',
    SegmentOfResult: answer.segmentOfResult,
    ...(answer.errorCode === undefined ? {} : { ErrorCode: answer.errorCode }),
    ...(answer.errorMessage === undefined ? {} : { ErrorMessage: answer.errorMessage }),
    // 0: UTF-8. Some descriptions count from 1; the XML declaration above is what readers should trust.
    CharacterCodeIdentifier: '0',
  };
}

function body({ answer, consents, at }: ClinicResult) {
  const abnormal = answer.segmentOfResult === '9';
  return {
    ProcessingResultStatus: abnormal ? '2' : '1',
    ...(abnormal ? {} : { QualificationValidity: answer.validity }),
    ResultList: {
      ResultOfQualificationConfirmation: answer.qualifications.map((one) => withConsents(one, consents, at)),
    },
  };
}
