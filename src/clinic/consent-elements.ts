import type { ConsentAnswers, ConsentFlag, OqsGroup, Qualification } from '../reception/qualification.ts';
import { japanTime } from './japan-time.ts';

/** Each item's element prefix: `…ConsFlg` and `…ConsTime` follow, and `…AvailableTime` where information may be viewed. */
const prefixes = {
  'specific-diseases': 'SpecificDiseasesCertificateRelated',
  checkups: 'SpecificHealthCheckupsInfo',
  medicines: 'PharmacistsInfo',
  treatment: 'DiagnosisInfo',
  surgery: 'OperationInfo',
} as const satisfies Record<keyof ConsentAnswers, string>;

type Asked = keyof ConsentAnswers;
const items = Object.keys(prefixes) as Asked[];

/** 特定疾病 is a certificate that is handed over now, not information to be viewed later: it has no end. */
const endless: Asked = 'specific-diseases';

/** How long medical information may be seen after a consent. */
const AVAILABLE_MS = 24 * 3_600_000;

/** One item's triple: a refused one has its flag alone, a given one the times too. */
function elementsOf(item: Asked, flag: ConsentFlag, at: Date): Record<string, string> {
  const prefix = prefixes[item];
  if (flag !== '1') return { [`${prefix}ConsFlg`]: flag };
  const given = { [`${prefix}ConsFlg`]: flag, [`${prefix}ConsTime`]: japanTime(at) };
  if (item === endless) return given;
  return { ...given, [`${prefix}AvailableTime`]: japanTime(new Date(at.getTime() + AVAILABLE_MS)) };
}

/**
 * The qualification with what the patient answered here. What the gateway says the same of keeps its times; what it
 * says otherwise of is replaced: nothing is handed over as agreed that was not. What was not asked here stays as it came.
 */
export function withConsents(qualification: Qualification, answers: ConsentAnswers, at: Date): Qualification {
  const merged: Record<string, OqsGroup[string]> = { ...qualification };
  for (const item of items) {
    const flag = answers[item];
    const prefix = prefixes[item];
    if (flag === undefined) continue;
    const kept = qualification[`${prefix}ConsFlg`] === flag ? qualification : {};
    const own = elementsOf(item, flag, at);
    for (const part of ['ConsFlg', 'ConsTime', 'AvailableTime']) {
      const name = `${prefix}${part}`;
      const content = kept[name] ?? own[name];
      if (content === undefined) delete merged[name];
      else merged[name] = content;
    }
  }
  const disease = answers['specific-diseases'];
  if (disease !== undefined && disease !== '1') delete merged['SpecificDiseasesCertificateList'];
  return merged;
}
