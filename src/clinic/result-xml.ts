import { XMLBuilder } from 'fast-xml-parser';
import type { ClinicResult, Replaced } from '../reception/ports.ts';
import type { OqsGroup } from '../reception/qualification.ts';
import { type CharacterCode, encode } from './character-code.ts';
import { withConsents } from './consent-elements.ts';
import { japanDay, japanTime } from './japan-time.ts';
import { MESSAGE } from './oqs-layout.ts';
import { writtenGroup } from './written-group.ts';

const SIMULATED = '<!-- SIMULATED: made on a bench from invented people. Not a result of オンライン資格確認. -->\n';

/** How each character code is named in the declaration and in the header, where other descriptions count from 1. */
const codeNames = {
  'utf-8': { declared: 'UTF-8', identifier: '0' },
  shift_jis: { declared: 'Shift_JIS', identifier: '1' },
} as const satisfies Record<CharacterCode, object>;

const builder = new XMLBuilder({ format: true, indentBy: '  ', suppressEmptyNode: false, ignoreAttributes: true });

export type ResultXmlOptions = {
  /** 10 digits. */
  readonly medicalInstitutionCode: string;
  readonly encoding: CharacterCode;
};

/** The file's bytes, and the values of which it could not have every character. */
export type ResultXml = { readonly bytes: Uint8Array; readonly replaced: readonly Replaced[] };

/**
 * The OQS result file of a face reader:
 *
 *   XmlMsg
 *     MessageHeader   times, institution, SegmentOfResult, CharacterCodeIdentifier
 *     MessageBody     ProcessingResultStatus, QualificationValidity
 *       ResultList
 *         ResultOfQualificationConfirmation …
 *
 * Values stand as they came: leading zeros and spaces are kept.
 */
export function resultXml(result: ClinicResult, options: ResultXmlOptions): ResultXml {
  const { declared } = codeNames[options.encoding];
  const message = { XmlMsg: { MessageHeader: header(result, options), MessageBody: body(result) } };
  const { group, replaced } = writtenGroup(message, MESSAGE, options.encoding);
  const comment = result.simulated ? SIMULATED : '';
  const text = `<?xml version="1.0" encoding="${declared}" standalone="no"?>\n${comment}${builder.build(group)}`;
  return { bytes: encode(text, options.encoding), replaced };
}

function header({ at, receptionId, answer }: ClinicResult, { medicalInstitutionCode, encoding }: ResultXmlOptions): OqsGroup {
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
    CharacterCodeIdentifier: codeNames[encoding].identifier,
  };
}

function body({ answer, answers, at, prescription }: ClinicResult): OqsGroup {
  const { note } = answer;
  const abnormal = answer.segmentOfResult === '9';
  return {
    ...(prescription === undefined ? {} : { PrescriptionIssueSelect: prescription }),
    ProcessingResultStatus: abnormal ? '2' : '1',
    ...(note === undefined ? {} : { ProcessingResultCode: note.code, ProcessingResultMessage: note.message }),
    ...(abnormal ? {} : { QualificationValidity: answer.validity }),
    ResultList: {
      ResultOfQualificationConfirmation: answer.qualifications.map((one) => withConsents(one, answers, at)),
    },
  };
}
