import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { makeParcel } from '../../src/clinic/parcel.ts';
import { readOqs, textOf } from './read-oqs.ts';
import { wholeResult } from './whole-result.ts';

const options = { readerId: 'KZTEST01', medicalInstitutionCode: '0012345678' };
const stages = [{ stage: 'reading-card', startMs: 0, durationMs: 812.5 }];

function filesOf(more: Partial<Parameters<typeof makeParcel>[1]> = {}, result = wholeResult) {
  const { parcel } = makeParcel(result, { ...options, ...more });
  return parcel.files.map(({ name, bytes }) => ({ name, text: Buffer.from(bytes).toString('utf8'), bytes }));
}

test('a parcel has the sidecar and then the result, and FHIR between them where it is wanted', () => {
  const base = 'OQSsiquc01res_face_KZTEST01-reception-1_20260402003005';
  expect(filesOf().map(({ name }) => name)).toEqual([`${base}.json`, `${base}.xml`]);
  expect(filesOf({ fhir: true }).map(({ name }) => name)).toEqual([`${base}.json`, `${base}.fhir.json`, `${base}.xml`]);
});

test('the result is in the character code that the clinic wants, UTF-8 unless it says', () => {
  expect(filesOf()[1]?.text).toContain('encoding="UTF-8"');
  const [, result] = filesOf({ encoding: 'shift_jis' });
  expect(result && textOf(readOqs(result.bytes), 'Name')).toBe('見本　花子');
});

test('the sidecar says who made the result, how, in what time and which, and nothing of the person', () => {
  const [sidecar, result] = filesOf({}, { ...wholeResult, stages });
  expect(JSON.parse(sidecar?.text ?? '')).toEqual({
    receptionId: 'reception-1',
    readerId: 'KZTEST01',
    method: 'face',
    at: '2026-04-01T15:30:05.000Z',
    resultFile: result?.name,
    resultSha256: createHash('sha256')
      .update(result?.bytes ?? '')
      .digest('hex'),
    simulated: true,
    stages,
  });
});

test('what the file could not say is told beside the parcel, not in it', () => {
  const answer = { segmentOfResult: '1', validity: '1', qualifications: [{ Name: '髙橋' }] } as const;
  const { parcel, replaced } = makeParcel({ ...wholeResult, answer }, { ...options, encoding: 'shift_jis' });
  expect(replaced.map(({ text }) => text)).toEqual(['髙橋']);
  for (const { bytes } of parcel.files) expect(Buffer.from(bytes).toString('utf8')).not.toContain('髙');
});

test('the same result is the same parcel, byte for byte', () => {
  expect(filesOf({ fhir: true })).toEqual(filesOf({ fhir: true }));
});
