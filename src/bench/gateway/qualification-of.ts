import { consentElements } from '../../clinic/consent-elements.ts';
import { japanDay, japanTime } from '../../clinic/japan-time.ts';
import type { ConsentItem, OqsGroup } from '../../eligibility/gateway-types.ts';
import { insuranceCases } from './insurance-cases.ts';
import type { InsuredPerson } from './people.ts';

const QUALIFIED_SINCE = '20240401';
const DISEASES = 'SpecificDiseasesCertificateList';

/** The `ResultOfQualificationConfirmation` groups for this person, with the consents that were recorded. */
export function qualificationsOf(person: InsuredPerson, consents: readonly ConsentItem[], consentedAt: Date): OqsGroup[] {
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
  const medical = consents.filter((item) => item !== 'specific-diseases');
  const { qualifications } = insuranceCases[person.insuranceCase];
  return qualifications.map((elements: OqsGroup) => ({
    ...ordinary,
    ...withoutUnasked(elements, consents, consentedAt),
    ...consentElements(medical, consentedAt),
  }));
}

/** 特定疾病療養受療証 is told only of whoever agreed to it, and who has one is asked. */
function withoutUnasked(elements: OqsGroup, consents: readonly ConsentItem[], consentedAt: Date): OqsGroup {
  const { [DISEASES]: diseases, ...others } = elements;
  if (diseases === undefined) return elements;
  if (!consents.includes('specific-diseases')) return { ...others, SpecificDiseasesCertificateRelatedConsFlg: '0' };
  return {
    ...others,
    SpecificDiseasesCertificateRelatedConsFlg: '1',
    SpecificDiseasesCertificateRelatedConsTime: japanTime(consentedAt),
    [DISEASES]: diseases,
  };
}
