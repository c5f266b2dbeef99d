import { consentElements } from '../../clinic/consent-elements.ts';
import { japanDay } from '../../clinic/japan-time.ts';
import type { OqsGroup } from '../../eligibility/gateway-types.ts';
import type { ConsentItem, QualificationValidity } from '../../reception/qualification.ts';
import type { InsuredPerson } from './people.ts';

const QUALIFIED_SINCE = '20240401';

/** What each 資格有効性 adds to, or leaves out of, an ordinary result. */
const variants: Record<QualificationValidity, readonly Readonly<Record<string, string>>[]> = {
  '1': [{}],
  // Lost: the latest lost data, as reference. Reason 03 is "acquired another".
  '2': [{ DisqualificationDate: '20250401', ReasonOfLoss: '03' }],
  '3': [{ DisqualificationDate: '20250401', ReasonOfLoss: '03' }],
  '4': [],
  '5': [{}, { InsurerNumber: '06139991', InsuredIdentificationNumber: '0815', InsuredBranchNumber: '02' }],
  // 医療扶助 without a registered ticket.
  '6': [{ InsuredCardClassification: 'A1' }],
};

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
  return variants[person.validity].map((variant) => ({ ...ordinary, ...variant, ...consentElements(consents, consentedAt) }));
}
