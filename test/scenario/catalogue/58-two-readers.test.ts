import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readOqs, textOf } from '../../clinic/read-oqs.ts';
import { Counter } from '../counter.ts';
import { type FaceWorker, startFaceWorker } from '../counter-parts.ts';

let face: FaceWorker;
beforeAll(async () => {
  face = startFaceWorker();
  await face.ready(new AbortController().signal);
});
afterAll(() => face.close());

test('58 two readers at once, one folder: two files, each with its own reader, reception and patient', async () => {
  const clinicFolder = mkdtempSync(join(tmpdir(), 'kazasu-clinic-'));
  const left = await Counter.open(face, 'gem', { readerId: 'KZLEFT01', clinicFolder });
  const right = await Counter.open(face, 'gem', { readerId: 'KZRIGHT2', clinicFolder });
  try {
    await left.placeCard('adult');
    await right.placeCard('rare-name');
    await left.sees('choosing');
    await right.sees('choosing');
    left.choose('face');
    right.choose('pin');
    right.enterPin('1234');
    await right.sees('asking');
    await left.sees('asking');
    left.agree();
    right.agree();
    const { reception: leftReception } = await left.sees('done');
    const { reception: rightReception } = await right.sees('done');

    expect(left.resultFiles()).toHaveLength(2);
    expect(fileOf(left, 'KZLEFT01')).toEqual({ reception: leftReception.id, name: '見本　花子', method: 'face' });
    expect(fileOf(left, 'KZRIGHT2')).toEqual({ reception: rightReception.id, name: '髙﨑　澪', method: 'pin' });
    expect([left.recorded(), right.recorded()]).toEqual([[accepted('face')], [accepted('pin')]]);
    expect([left.handedOver, right.handedOver].map((names) => names.length)).toEqual([1, 1]);
  } finally {
    await left.close();
    await right.close();
    rmSync(clinicFolder, { recursive: true });
  }
  expect([left.defects, right.defects]).toEqual([[], []]);
});

const accepted = (method: string) => ({ outcome: 'accepted', method });

/** What the one file that bears that reader's name says, together with what lies beside it. */
function fileOf(counter: Counter, readerId: string) {
  const [fileName = '', ...more] = counter.resultFiles().filter((name) => name.includes(`_${readerId}-`));
  expect(more).toEqual([]);
  const result = readOqs(readFileSync(join(counter.clinicFolder, fileName)));
  const sidecar = JSON.parse(counter.clinicFile(fileName.replace(/xml$/, 'json'))) as Record<string, unknown>;
  const reception = textOf(result, 'ArbitraryFileIdentifier');
  expect(sidecar).toMatchObject({ readerId, receptionId: reception, resultFile: fileName });
  return { reception, name: textOf(result, 'Name'), method: sidecar['method'] };
}
