import type { ConsentFlag, ConsentItem, OqsGroup, Qualification } from '../reception/qualification.ts';
import { japanTime } from './japan-time.ts';

/** Each item's element prefix: `…ConsFlg`, `…ConsTime` and `…AvailableTime` follow. */
const prefixes: Record<ConsentItem, string> = {
  checkups: 'SpecificHealthCheckupsInfo',
  medicines: 'PharmacistsInfo',
  treatment: 'DiagnosisInfo',
  surgery: 'OperationInfo',
};

/** How long medical information may be seen after a consent. */
const AVAILABLE_MS = 24 * 3_600_000;

/** The four consent triples: a refused item has its flag alone, a given one the times too. */
export function consentElements(consents: readonly ConsentItem[], at: Date): Record<string, string> {
  const elements: Record<string, string> = {};
  for (const [item, prefix] of Object.entries(prefixes)) {
    const flag: ConsentFlag = consents.includes(item as ConsentItem) ? '1' : '0';
    elements[`${prefix}ConsFlg`] = flag;
    if (flag === '0') continue;
    elements[`${prefix}ConsTime`] = japanTime(at);
    elements[`${prefix}AvailableTime`] = japanTime(new Date(at.getTime() + AVAILABLE_MS));
  }
  return elements;
}

/**
 * The qualification with what the patient answered here. A triple of the gateway that says the same keeps its
 * times; one that says otherwise is replaced: nothing is handed over as agreed that was not.
 */
export function withConsents(qualification: Qualification, consents: readonly ConsentItem[], at: Date): Qualification {
  const own = consentElements(consents, at);
  const merged: Record<string, OqsGroup[string]> = { ...qualification };
  for (const prefix of Object.values(prefixes)) {
    const names = [`${prefix}ConsFlg`, `${prefix}ConsTime`, `${prefix}AvailableTime`];
    if (qualification[`${prefix}ConsFlg`] === own[`${prefix}ConsFlg`]) continue;
    for (const name of names) {
      const value = own[name];
      if (value === undefined) delete merged[name];
      else merged[name] = value;
    }
  }
  return merged;
}
