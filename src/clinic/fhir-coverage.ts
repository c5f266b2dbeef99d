/**
 * The eligibility as FHIR R4 `Coverage` with the identifiers of JP Core (profile JP_Coverage, jpfhir.jp), for software
 * that rather reads that than OQS. A file is always a Bundle, since there can be several eligibilities (資格有効性 5).
 * JSON.stringify leaves out what is undefined, which is how FHIR wants an absent element.
 */
import { createHash } from 'node:crypto';
import type { ClinicResult } from '../reception/ports.ts';
import type { Qualification, QualificationValidity } from '../reception/qualification.ts';
import { type Elements, elementsOf, fhirDate, insurer, patient } from './fhir-parties.ts';

const CORE = 'http://jpfhir.jp/fhir/core';
const MEMBER_ID = 'http://jpfhir.jp/fhir/clins/Idsystem/JP_Insurance_memberID';
/** 被保険者区分: 1 被保険者, 2 被扶養者, as 本人・家族 of OQS counts them too. */
const RELATIONSHIP = 'urn:oid:1.2.392.100495.20.2.62';
const TERMINOLOGY = 'http://terminology.hl7.org/CodeSystem';

/** What a bench makes is marked as test data. */
const testData = { tag: [{ system: `${TERMINOLOGY}/v3-ActReason`, code: 'HTEST' }] };

/** A lost eligibility (2, 3) is there as reference alone. */
const statuses: Record<QualificationValidity, 'active' | 'cancelled'> = {
  '1': 'active',
  '2': 'cancelled',
  '3': 'cancelled',
  '4': 'cancelled',
  '5': 'active',
  '6': 'active',
};

export function coverageName(fileName: string): string {
  return fileName.replace(/\.xml$/, '.fhir.json');
}

/** The Bundle as JSON text, or undefined where no eligibility was found. */
export function coverageJson({ receptionId, at, answer, simulated }: ClinicResult): string | undefined {
  if (answer.qualifications.length === 0) return undefined;
  const bundle = {
    resourceType: 'Bundle',
    meta: simulated ? testData : undefined,
    type: 'collection',
    timestamp: at.toISOString(),
    entry: answer.qualifications.map((one, n) => ({
      fullUrl: `urn:uuid:${uuidOf(`${receptionId}/${n}`)}`,
      resource: coverage(one, statuses[answer.validity]),
    })),
  };
  return `${JSON.stringify(bundle, null, 2)}\n`;
}

function coverage(qualification: Qualification, status: 'active' | 'cancelled') {
  const of = elementsOf(qualification);
  return {
    resourceType: 'Coverage',
    meta: { profile: [`${CORE}/StructureDefinition/JP_Coverage`] },
    contained: [patient(of), insurer(of)],
    extension: some(
      insuredPerson('Symbol', of('InsuredCardSymbol')),
      insuredPerson('Number', of('InsuredIdentificationNumber')),
      insuredPerson('SubNumber', of('InsuredBranchNumber')),
    ),
    identifier: some(memberId(of)),
    status,
    type: { coding: [{ system: `${TERMINOLOGY}/v3-ActCode`, code: 'PUBLICPOL' }] },
    subscriberId: subscriberId(of),
    beneficiary: { reference: '#patient' },
    dependent: of('InsuredBranchNumber'),
    relationship: coded(RELATIONSHIP, of('PersonalFamilyClassification')),
    period: period(of),
    payor: [{ reference: '#insurer' }],
    costToBeneficiary: some(copayment(of)),
  };
}

function insuredPerson(part: 'Symbol' | 'Number' | 'SubNumber', valueString: string | undefined) {
  return valueString && { url: `${CORE}/Extension/StructureDefinition/JP_Coverage_InsuredPerson${part}`, valueString };
}

/** 保険者番号 in eight digits, 記号, 番号 and 枝番; a part that there is not stays empty. */
function memberId(of: Elements) {
  const parts = ['InsuredCardSymbol', 'InsuredIdentificationNumber', 'InsuredBranchNumber'].map((name) => of(name) ?? '');
  const insurerNumber = of('InsurerNumber');
  return insurerNumber && { system: MEMBER_ID, value: [insurerNumber.padStart(8, '0'), ...parts].join(':') };
}

function subscriberId(of: Elements) {
  const number = of('InsuredIdentificationNumber');
  return number && `${of('InsuredCardSymbol') ?? ''}:${number}`;
}

function period(of: Elements) {
  const [start, end] = [fhirDate(of('QualificationDate')), fhirDate(of('DisqualificationDate'))];
  return start || end ? { start, end } : undefined;
}

/** 一部負担金割合 is in percent: 010 is 1割. */
function copayment(of: Elements) {
  const ratio = of('InsuredPartialContributionRatio') ?? of('ElderlyRecipientContributionRatio');
  if (ratio === undefined || !/^\d{3}$/.test(ratio)) return undefined;
  const valueQuantity = { value: Number(ratio), unit: '%', system: 'http://unitsofmeasure.org', code: '%' };
  return { type: coded(`${TERMINOLOGY}/coverage-copay-type`, 'copaypct'), valueQuantity };
}

function coded(system: string, code: string | undefined) {
  return code && { coding: [{ system, code }] };
}

/** What there is of these, or undefined: FHIR knows no empty list. */
function some<T>(...items: (T | undefined | '')[]): T[] | undefined {
  const there = items.filter((item) => item !== undefined && item !== '');
  return there.length === 0 ? undefined : (there as T[]);
}

/** The same name always gives the same UUID (version 8, RFC 9562): a file made again is the same file. */
function uuidOf(name: string): string {
  const hex = createHash('sha256').update(name).digest('hex');
  const variant = (0x8 | (Number.parseInt(hex[16] ?? '0', 16) & 0x3)).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
