import type { ClinicResult, Parcel, Replaced } from '../reception/ports.ts';
import type { CharacterCode } from './character-code.ts';
import { coverageJson, coverageName } from './fhir-coverage.ts';
import { resultFileName } from './result-file-name.ts';
import { resultXml } from './result-xml.ts';
import { sidecarJson, sidecarName } from './sidecar.ts';

export type ParcelOptions = {
  readonly readerId: string;
  /** 10 digits. */
  readonly medicalInstitutionCode: string;
  /** UTF-8 unless the clinic's software wants the other. */
  readonly encoding?: CharacterCode;
  /** Whether FHIR `Coverage` is handed over too. */
  readonly fhir?: boolean;
};

/** The same result always gives the same bytes. `replaced` is for staff: what the result file could not say in its code. */
export function makeParcel(result: ClinicResult, options: ParcelOptions): { parcel: Parcel; replaced: readonly Replaced[] } {
  const { readerId, medicalInstitutionCode, encoding = 'utf-8', fhir = false } = options;
  const { receptionId, at } = result;
  const fileName = resultFileName(readerId, receptionId, at);
  const { bytes, replaced } = resultXml(result, { medicalInstitutionCode, encoding });
  const files: Parcel['files'][number][] = [file(sidecarName(fileName), sidecarJson(result, readerId, fileName, bytes))];
  const coverage = fhir ? coverageJson(result) : undefined;
  if (coverage !== undefined) files.push(file(coverageName(fileName), coverage));
  files.push({ name: fileName, bytes });
  return { parcel: { receptionId, fileName, files, acceptedAt: at }, replaced };
}

const file = (name: string, text: string) => ({ name, bytes: Buffer.from(text, 'utf8') });
