/** The person and the insurer of a `Coverage`, contained in it: the reader has no other resource to refer to. */
import type { OqsGroup, Qualification } from '../reception/qualification.ts';

/** The text of an element, also of one in a group below; undefined where it is absent or blank: FHIR has no empty value. */
export type Elements = (name: string) => string | undefined;

const INSURER_NUMBER = 'http://jpfhir.jp/fhir/core/mhlw/IdSystem/InsurerNumber';
/** Whether a name stands in ideographs (IDE) or in kana (SYL). */
const REPRESENTATION = 'http://hl7.org/fhir/StructureDefinition/iso21090-EN-representation';

const genders: Record<string, string> = { '1': 'male', '2': 'female', '3': 'unknown' };

export function elementsOf(qualification: Qualification): Elements {
  const texts = new Map<string, string>();
  const collect = (group: OqsGroup) => {
    for (const [name, content] of Object.entries(group)) {
      if (typeof content !== 'string') [content].flat().forEach(collect);
      // FHIR's rule for strings, [ \r\n\t\S]+, leaves the ideographic space out, which names here are full of.
      else if (content.trim() !== '' && !texts.has(name)) texts.set(name, content.trim().replaceAll(/\s/g, ' '));
    }
  };
  collect(qualification);
  return (name) => texts.get(name);
}

export function patient(of: Elements) {
  const address = of('Address');
  const postalCode = of('PostNumber');
  const names = [name('IDE', of('Name')), name('SYL', of('NameKana'))].filter((one) => one !== undefined);
  return {
    resourceType: 'Patient',
    id: 'patient',
    name: names.length > 0 ? names : undefined,
    gender: genders[of('Sex1') ?? ''],
    birthDate: fhirDate(of('Birthdate')),
    address: address || postalCode ? [{ text: address, postalCode, country: 'JP' }] : undefined,
  };
}

function name(representation: 'IDE' | 'SYL', text: string | undefined) {
  if (text === undefined) return undefined;
  return { extension: [{ url: REPRESENTATION, valueCode: representation }], use: 'official', text };
}

export function insurer(of: Elements) {
  const number = of('InsurerNumber');
  return {
    resourceType: 'Organization',
    id: 'insurer',
    identifier: number && [{ system: INSURER_NUMBER, value: number }],
    name: of('InsurerName') ?? number ?? 'unknown',
  };
}

/** `yyyyMMdd` of OQS as a FHIR date; undefined for what is no day. */
export function fhirDate(day: string | undefined): string | undefined {
  const [, year, month, date] = /^(\d{4})(\d{2})(\d{2})$/.exec(day ?? '') ?? [];
  const written = `${year}-${month}-${date}`;
  const time = Date.parse(`${written}T00:00:00Z`);
  // 20260231 would otherwise be taken for the third of March.
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(written) ? written : undefined;
}
