/**
 * What somebody's insurance can be, in the elements and codes of the OQS result. All insurers and numbers are invented
 * (prefecture 13 with 9999 and the like). A case changes an ordinary qualification; elements of its own come last.
 */
import type { OqsGroup } from '../../eligibility/gateway-types.ts';
import type { QualificationValidity } from '../../reception/qualification.ts';

export type InsuranceCase = {
  /** 資格有効性 */
  readonly validity: QualificationValidity;
  /** What each qualification has otherwise than an ordinary one; none when nothing was found. */
  readonly qualifications: readonly OqsGroup[];
};

const LOST = { DisqualificationDate: '20250401', ReasonOfLoss: '03' };
const ELDERLY = { InsurerNumber: '39139999', InsurerName: '架空県後期高齢者医療広域連合（架空）', InsuredCardSymbol: '' };
const WELFARE = {
  InsuredCardClassification: 'A1',
  InsurerNumber: '12139999',
  InsurerName: '架空市福祉事務所（架空）',
  InsuredCardSymbol: '',
};

const one = (elements: OqsGroup, validity: QualificationValidity = '1'): InsuranceCase => ({
  validity,
  qualifications: [elements],
});

/** The group of 特定疾病療養受療証. */
export const DISEASES = 'SpecificDiseasesCertificateList';

/** @param category code 013: 1 dialysis, 2 haemophilia, 3 HIV */
const diseases = (category: string, selfPay: string): OqsGroup => ({
  [DISEASES]: {
    SpecificDiseasesCertificateInfo: {
      SpecificDiseasesDiseaseCategory: category,
      SpecificDiseasesCertificateDate: '20240401',
      SpecificDiseasesValidStartDate: '20240401',
      SpecificDiseasesValidEndDate: '20290331',
      SpecificDiseasesSelfPay: selfPay,
    },
  },
});

/** @param classification code 012 */
const limit = (classification: string): OqsGroup => ({
  LimitApplicationCertificateRelatedInfo: {
    LimitApplicationCertificateClassification: '01',
    LimitApplicationCertificateClassificationFlag: classification,
    LimitApplicationCertificateDate: '20250801',
    LimitApplicationCertificateValidStartDate: '20250801',
    LimitApplicationCertificateValidEndDate: '20260731',
  },
});

export const insuranceCases = {
  ordinary: one({}),
  family: one({ PersonalFamilyClassification: '2', InsuredName: '見本　太郎' }),
  'self-defence-forces': one({ InsuredCardClassification: '07' }),
  preschool: one({ PersonalFamilyClassification: '2', PreschoolClassification: '1', InsuredName: '見本　太郎' }),
  'elderly-70': one({
    ElderlyRecipientCertificateInfo: {
      ElderlyRecipientCertificateDate: '20240401',
      ElderlyRecipientValidStartDate: '20240401',
      ElderlyRecipientValidEndDate: '20290331',
      ElderlyRecipientContributionRatio: '020',
    },
  }),
  'elderly-75': one({ ...ELDERLY, InsuredPartialContributionRatio: '010' }),
  'elderly-75-two-tenths': one({ ...ELDERLY, InsuredPartialContributionRatio: '020' }),
  'elderly-75-three-tenths': one({ ...ELDERLY, InsuredPartialContributionRatio: '030', ...limit('B03') }),
  /** Contradicts itself: a ratio that nobody of that age has, for staff to be told of. */
  'wrong-ratio': one({ InsuredPartialContributionRatio: '020' }),
  dialysis: one(diseases('1', '10000')),
  haemophilia: one(diseases('2', '10000')),
  'high-cost-limit': one(limit('A03')),
  /** No drug or check-up data can be had for it. */
  'day-labourer': one({ InsurerNumber: '03139999', InsurerName: '架空日雇健康保険（架空）' }),
  'welfare-ticket': one({
    ...WELFARE,
    PublicExpenseResultList: {
      MedicalTicketInfo: {
        TicketType: '1',
        IssueNumber: '00012345',
        MedicalTreatmentMonth: '202604',
        DesignatedMedicalInstitutionFlag: '1',
        SelfPayAmount: '0',
        SingleOrCombinedUse: '1',
      },
    },
  }),
  'welfare-unregistered': one(WELFARE, '6'),
  lost: one(LOST, '2'),
  replaced: one(LOST, '3'),
  'not-found': { validity: '4', qualifications: [] },
  several: {
    validity: '5',
    qualifications: [{}, { InsurerNumber: '06139991', InsuredIdentificationNumber: '0815', InsuredBranchNumber: '02' }],
  },
} as const satisfies Record<string, InsuranceCase>;

export type CaseName = keyof typeof insuranceCases;

export function isCaseName(name: string): name is CaseName {
  return Object.hasOwn(insuranceCases, name);
}

const caseOfValidity: Record<QualificationValidity, CaseName> = {
  '1': 'ordinary',
  '2': 'lost',
  '3': 'replaced',
  '4': 'not-found',
  '5': 'several',
  '6': 'welfare-unregistered',
};

/** Whom an ordinary case does not fit. */
const ofPersona: Readonly<Record<string, CaseName>> = {
  'no-pin-card': 'elderly-75',
  'no-pin-unregistered': 'elderly-75',
  'small-child': 'preschool',
  'baby-pin-locked': 'preschool',
  'grown-child': 'family',
  'child-subsidy': 'family',
  'man-of-70': 'elderly-70',
  'seventy-five-tomorrow': 'elderly-70',
  'seventy-five-today': 'elderly-75',
  'woman-of-84': 'elderly-75',
  'elderly-two-tenths': 'elderly-75-two-tenths',
  'wrong-ratio': 'wrong-ratio',
  dialysis: 'dialysis',
  'high-cost-limit': 'high-cost-limit',
  'day-labourer': 'day-labourer',
  welfare: 'welfare-ticket',
};

/** What a persona of the bench is insured as before anybody changes it. */
export function caseOf(persona: { readonly id: string; readonly validity: QualificationValidity }): CaseName {
  const usual = caseOfValidity[persona.validity];
  return usual === 'ordinary' ? (ofPersona[persona.id] ?? usual) : usual;
}
