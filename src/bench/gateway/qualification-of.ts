import { withConsents } from '../../clinic/consent-elements.ts';
import { japanDay } from '../../clinic/japan-time.ts';
import { givenOf } from '../../eligibility/consent.ts';
import type { Consent, OqsGroup } from '../../eligibility/gateway-types.ts';
import { consentAnswers } from '../../reception/questions.ts';
import { DISEASES, insuranceCases } from './insurance-cases.ts';
import type { InsuredPerson } from './people.ts';
import { subsidyOf } from './subsidies.ts';

const QUALIFIED_SINCE = '20240401';

/** The `ResultOfQualificationConfirmation` groups for this person, with what was asked and answered. */
export function qualificationsOf(person: InsuredPerson, consent: Consent, consentedAt: Date): OqsGroup[] {
  const ordinary = {
    InsuredCardClassification: '01',
    InsurerNumber: person.insurerNumber,
    InsuredCardSymbol: person.symbol,
    InsuredIdentificationNumber: person.number,
    InsuredBranchNumber: person.branch,
    PersonalFamilyClassification: '1',
    Name: person.name,
    NameKana: person.kana,
    Sex1: person.sex,
    Birthdate: person.birth.replaceAll('-', ''),
    Address: person.address,
    PostNumber: person.postNumber,
    QualificationDate: QUALIFIED_SINCE,
    InsuredCertificateIssuanceDate: japanDay(consentedAt),
    InsurerName: person.insurerName,
  };
  const answers = consentAnswers(givenOf(consent));
  const subsidy = consent.subsidy ? subsidyOf(person, consentedAt) : {};
  const { qualifications } = insuranceCases[person.insuranceCase];
  const flags = withConsents({}, answers, consentedAt) as OqsGroup;
  return qualifications.map((elements: OqsGroup) => ({
    ...ordinary,
    ...withoutUnasked(elements, consent),
    ...subsidy,
    ...flags,
  }));
}

/** 特定疾病療養受療証 is told only of whoever was asked, and agreed. */
function withoutUnasked(elements: OqsGroup, { items }: Consent): OqsGroup {
  const { [DISEASES]: _diseases, ...others } = elements;
  return items.includes('specific-diseases') ? elements : others;
}

/** So long before its end a certificate is told of. */
const MONTHS_BEFORE = 3;

/** A side note beside a success, while the certificate ends within three months or has ended. Which code says so was not
 *  found in public text: this one is the bench's own. */
export function certificateNote(certificateEnd: string | null, now: Date) {
  if (certificateEnd === null) return {};
  const from = new Date(certificateEnd);
  from.setUTCMonth(from.getUTCMonth() - MONTHS_BEFORE);
  if (now < from) return {};
  const ProcessingResultMessage = '利用者証明用電子証明書の更新時期です（模擬）';
  return { ProcessingResultCode: 'BENCH-CERTIFICATE-ENDING', ProcessingResultMessage };
}
