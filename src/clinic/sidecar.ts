import { createHash } from 'node:crypto';
import type { ClinicResult } from '../reception/ports.ts';

/** Beside each result: who made it, how, and how long each stage took. No data of the person, and of the result its hash. */
export function sidecarJson(result: ClinicResult, readerId: string, fileName: string, resultBytes: Uint8Array): string {
  const { receptionId, method, approver, subsidy, at, simulated, stages, lateSince } = result;
  const provenance = {
    receptionId,
    readerId,
    method,
    ...(approver === undefined ? {} : { approver }),
    // No element of the result was found for it in public text.
    ...(subsidy === undefined ? {} : { subsidy }),
    at: at.toISOString(),
    resultFile: fileName,
    resultSha256: createHash('sha256').update(resultBytes).digest('hex'),
    simulated,
    // The result was had only after an outage: the patient was here then.
    ...(lateSince === undefined ? {} : { lateSince: lateSince.toISOString() }),
    ...(stages === undefined ? {} : { stages }),
  };
  return `${JSON.stringify(provenance, null, 2)}\n`;
}

export function sidecarName(fileName: string): string {
  return fileName.replace(/\.xml$/, '.json');
}
