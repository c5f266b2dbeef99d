import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readOqs, textOf } from '../../clinic/read-oqs.ts';
import type { Counter } from '../counter.ts';

/** 閲覧同意情報種別 (code 036), and how the elements of each consent begin. */
const prefixes = {
  TSR: 'SpecificDiseasesCertificateRelated',
  TKK: 'SpecificHealthCheckupsInfo',
  YZK: 'PharmacistsInfo',
  SRJ: 'DiagnosisInfo',
  SHJ: 'OperationInfo',
} as const;

/** The names say nothing of their order within a second; after a restart what lies there is all that is known. */
const lastFile = (counter: Counter): string => counter.handedOver.at(-1) ?? counter.resultFiles().at(-1) ?? '';

/** The clinic's last result as software of its own reads it. `flags`: 同意区分 by code 036; what is not in the file is absent. */
export function lastResult(counter: Counter) {
  const root = readOqs(readFileSync(join(counter.clinicFolder, lastFile(counter))));
  const text = (name: string) => textOf(root, name);
  const flags = Object.entries(prefixes).flatMap(([code, prefix]) => {
    const flag = text(`${prefix}ConsFlg`);
    return flag === undefined ? [] : [[code, flag]];
  });
  return { root, text, flags: Object.fromEntries(flags) as Readonly<Partial<Record<keyof typeof prefixes, string>>> };
}

/** What lies beside the clinic's last result. */
export function lastSidecar(counter: Counter): Readonly<Record<string, unknown>> {
  const name = lastFile(counter).replace(/\.xml$/, '.json');
  return JSON.parse(counter.clinicFile(name)) as Readonly<Record<string, unknown>>;
}
