/**
 * Which elements an OQS result file has, and in which order: the one table of the format.
 *
 * The official layout (別紙3-1 XMLレイアウト仕様) is not public. Names and order are those that open receipt software
 * reads and writes; where it differs (`ReferenceNumber` stands at the end or before the third consent) the end is
 * taken. Readers look elements up by name.
 */
export type Layout = readonly (string | { readonly name: string; readonly of: Layout })[];

/** Flag and time of a consent that holds for this reception. */
const consent = (prefix: string): Layout => [`${prefix}ConsFlg`, `${prefix}ConsTime`];
/** The same with the time until which medical information may be seen. */
const viewing = (prefix: string): Layout => [...consent(prefix), `${prefix}AvailableTime`];

const HEADER: Layout = [
  'ProcessExecutionTime',
  'QualificationConfirmationDate',
  'MedicalInstitutionCode',
  'ArbitraryFileIdentifier',
  'ReferenceClassification',
  'SegmentOfResult',
  'ErrorCode',
  'ErrorMessage',
  'CharacterCodeIdentifier',
];

const PERSON: Layout = [
  'InsuredCardClassification',
  'InsurerNumber',
  'InsuredCardSymbol',
  'InsuredIdentificationNumber',
  'InsuredBranchNumber',
  'PersonalFamilyClassification',
  'InsuredName',
  'Name',
  'NameOfOther',
  'NameKana',
  'NameOfOtherKana',
  'Sex1',
  'Sex2',
  'Birthdate',
  'Address',
  'PostNumber',
  'QualificationDate',
  'DisqualificationDate',
  'InsuredCertificateIssuanceDate',
  'InsuredCardValidDate',
  'InsuredCardExpirationDate',
  'InsuredPartialContributionRatio',
  'PreschoolClassification',
  'ReasonOfLoss',
  'InsurerName',
];

/** 高齢受給者証 */
const ELDERLY: Layout = [
  'ElderlyRecipientCertificateDate',
  'ElderlyRecipientValidStartDate',
  'ElderlyRecipientValidEndDate',
  'ElderlyRecipientContributionRatio',
];

/** 限度額適用認定証 */
const LIMIT: Layout = [
  'LimitApplicationCertificateClassification',
  'LimitApplicationCertificateClassificationFlag',
  'LimitApplicationCertificateDate',
  'LimitApplicationCertificateValidStartDate',
  'LimitApplicationCertificateValidEndDate',
  'LimitApplicationCertificateLongTermDate',
];

/** 特定疾病療養受療証 */
const SPECIFIC_DISEASE: Layout = [
  'SpecificDiseasesDiseaseCategory',
  'SpecificDiseasesCertificateDate',
  'SpecificDiseasesValidStartDate',
  'SpecificDiseasesValidEndDate',
  'SpecificDiseasesSelfPay',
];

/** 医療券・調剤券. `StatusOfInfecton` is spelt so in the format. */
const MEDICAL_TICKET: Layout = [
  'TicketType',
  'MedicalTicketValidDate',
  'MedicalTicketExpirationDate',
  'IssueNumber',
  'MedicalTreatmentMonth',
  'DesignatedMedicalInstitutionCode',
  'DesignatedMedicalInstitutionFlag',
  'DesignatedMedicalInstitutionName',
  'PrescriptionIssuerMedicalInstitutionCode',
  'PrescriptionIssuerMedicalInstitutionName',
  'InjuryName1',
  'InjuryName2',
  'InjuryName3',
  'MedicalTreatmentType',
  'SelfPayAmount',
  'DistrictContactName',
  'HandlingContactName',
  'SingleOrCombinedUse',
  'StatusOfSocialInsurance',
  'ConsistencyFlag',
  'StatusOfInfecton',
  'StatusOfElderlyMedicalCare',
  'StatusOfPrefecturalExpenses',
  'Remarks1',
  'Remarks2',
  'Remarks3',
];

const QUALIFICATION: Layout = [
  ...PERSON,
  { name: 'ElderlyRecipientCertificateInfo', of: ELDERLY },
  ...consent('LimitApplicationCertificateRelated'),
  { name: 'LimitApplicationCertificateRelatedInfo', of: LIMIT },
  ...consent('SpecificDiseasesCertificateRelated'),
  { name: 'SpecificDiseasesCertificateList', of: [{ name: 'SpecificDiseasesCertificateInfo', of: SPECIFIC_DISEASE }] },
  { name: 'PublicExpenseResultList', of: [{ name: 'MedicalTicketInfo', of: MEDICAL_TICKET }] },
  ...viewing('SpecificHealthCheckupsInfo'),
  ...viewing('PharmacistsInfo'),
  ...viewing('DiagnosisInfo'),
  ...viewing('OperationInfo'),
  'ReferenceNumber',
];

const BODY: Layout = [
  'PrescriptionIssueSelect',
  'ProcessingResultStatus',
  'ProcessingResultCode',
  'ProcessingResultMessage',
  'QualificationValidity',
  { name: 'ResultList', of: [{ name: 'ResultOfQualificationConfirmation', of: QUALIFICATION }] },
];

/** The root element and all below it. */
export const MESSAGE: Layout = [
  {
    name: 'XmlMsg',
    of: [
      { name: 'MessageHeader', of: HEADER },
      { name: 'MessageBody', of: BODY },
    ],
  },
];
