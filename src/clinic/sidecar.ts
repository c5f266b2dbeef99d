import type { ClinicResult } from '../reception/ports.ts';

/** Beside each result, under its name with `.json`: who made it and how. No data of the person. */
export function sidecarJson(result: ClinicResult, readerId: string, fileName: string): string {
  const { receptionId, method, at, simulated } = result;
  const provenance = { receptionId, readerId, method, at: at.toISOString(), resultFile: fileName, simulated };
  return `${JSON.stringify(provenance, null, 2)}\n`;
}

export function sidecarName(fileName: string): string {
  return fileName.replace(/\.xml$/, '.json');
}
