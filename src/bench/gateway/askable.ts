/** What there is of a person that a patient can be asked about. */
import type { Askable, ConsentItem, FacilitySettings, InformationItem, Prescription } from '../../eligibility/gateway-types.ts';
import { type CaseName, DISEASES, type InsuranceCase, insuranceCases } from './insurance-cases.ts';
import type { InsuredPerson } from './people.ts';
import type { Prescriptions } from './prescriptions.ts';
import { subsidyOf } from './subsidies.ts';

const MEDICAL: readonly InformationItem[] = ['medicines', 'checkups', 'treatment', 'surgery'];

/** By these neither medicines nor check-ups can be had (an official answer to clinics; it may be old). */
const WITHOUT_MEDICINES: readonly CaseName[] = ['self-defence-forces', 'day-labourer', 'welfare-ticket', 'welfare-unregistered'];

/** Of which medical information can be had. */
export function informationOf(insuranceCase: CaseName): readonly InformationItem[] {
  if (insuranceCases[insuranceCase].qualifications.length === 0) return [];
  if (!WITHOUT_MEDICINES.includes(insuranceCase)) return MEDICAL;
  return MEDICAL.filter((item) => item !== 'medicines' && item !== 'checkups');
}

export function askableOf(person: InsuredPerson, facility: FacilitySettings, prescriptions: Prescriptions, now: Date): Askable {
  const { qualifications }: InsuranceCase = insuranceCases[person.insuranceCase];
  const items: ConsentItem[] = [...informationOf(person.insuranceCase)];
  if (qualifications.some((elements) => DISEASES in elements)) items.push('specific-diseases');
  const listed: Prescription[] = facility.kind === 'pharmacy' ? prescriptions.open(person.personaId, now) : [];
  return { birthdate: person.birth, items, subsidy: subsidyOf(person, now) !== undefined, prescriptions: listed };
}
