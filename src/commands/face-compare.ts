/** `kazasu face compare`: one picture as the card's portrait, one as the person at the counter. */
import { parseArgs } from 'node:util';
import { composeFaceExaminer, type Examination, type FaceExaminer } from '../compose-face.ts';
import type { Fault } from '../faults/result.ts';
import { pictureAdvice } from './face-advice.ts';
import type { Outcome } from './sub-commands.ts';

type Side = 'reference' | 'probe';

const COULD_NOT = 2;

export async function faceCompare(args: readonly string[], composeExaminer = composeFaceExaminer): Promise<Outcome> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { json: { type: 'boolean', default: false } },
    allowPositionals: true,
  });
  const [reference, probe] = positionals;
  if (reference === undefined || probe === undefined || positionals.length > 2) {
    return { wrong: 'give two pictures: REFERENCE, as on a card, and PROBE, as before the camera' };
  }
  const tellRefusal = (side: Side | undefined, file: string | undefined, fault: Fault) => {
    const advice = pictureAdvice(fault);
    const where = side ? `${side.toUpperCase()} ${file}: ` : '';
    process.stderr.write(`${where}${fault.detail} (${fault.code}). Nothing was compared. ${advice}\n`);
    if (values.json) process.stdout.write(`${JSON.stringify({ decision: 'not-compared', side, file, ...fault, advice })}\n`);
    return COULD_NOT;
  };

  const examiner = await composeExaminer();
  if (!examiner.ok) return tellRefusal(undefined, undefined, examiner.fault);
  const first = await examiner.value.examine(reference);
  if (!first.ok) return tellRefusal('reference', reference, { ...first.fault, code: 'FACE-404' });
  const templates = [first.value.template];
  try {
    const tooSmall: Fault = { code: 'FACE-404', detail: 'the face is too small for a portrait' };
    if (first.value.tooSmallForPortrait) return tellRefusal('reference', reference, tooSmall);
    const second = await examiner.value.examine(probe);
    if (!second.ok) return tellRefusal('probe', probe, second.fault);
    templates.push(second.value.template);

    const report = reportOf(examiner.value, first.value, second.value);
    process.stdout.write(values.json ? `${JSON.stringify(report)}\n` : plain(report, reference, probe));
    return report.decision === 'same' ? 0 : 1;
  } finally {
    for (const template of templates) template.fill(0);
  }
}

function reportOf({ similarity, threshold, models }: FaceExaminer, reference: Examination, probe: Examination) {
  const score = round(similarity(reference.template, probe.template), 6);
  return {
    score,
    threshold,
    decision: score >= threshold ? 'same' : 'not-same',
    quality: { reference: qualityOf(reference), probe: qualityOf(probe) },
    ms: { reference: timesOf(reference), probe: timesOf(probe), total: round(reference.ms.total + probe.ms.total, 1) },
    models,
  } as const;
}

function qualityOf({ picture, faces, box, quality, hint }: Examination) {
  return {
    picture,
    faces,
    face: { x: round(box.x), y: round(box.y), width: round(box.width), height: round(box.height) },
    turn: round(quality.turn, 3),
    grey: round(quality.grey),
    white: round(quality.white, 3),
    sharpness: round(quality.sharpness, 3),
    hint: hint ?? null,
  };
}

function timesOf({ ms }: Examination) {
  const { decode, detect, align, embed, total } = ms;
  return {
    decode: round(decode, 1),
    detect: round(detect, 1),
    align: round(align, 1),
    embed: round(embed, 1),
    total: round(total, 1),
  };
}

type Report = ReturnType<typeof reportOf>;

function plain({ score, threshold, decision, quality, ms, models }: Report, reference: string, probe: string): string {
  return [
    `${decision === 'same' ? 'the same person' : 'not the same person'}: score ${score.toFixed(3)}, threshold ${threshold}`,
    `reference  ${reference}: ${described(quality.reference)}`,
    `probe      ${probe}: ${described(quality.probe)}`,
    `time       reference ${timed(ms.reference)}; probe ${timed(ms.probe)}`,
    `models     ${Object.values(models).join(', ')}`,
    '',
  ].join('\n');
}

function described({ picture, faces, face, turn, grey, white, sharpness, hint }: Report['quality']['probe']): string {
  const words = [
    `${picture.width} × ${picture.height} pixels${picture.grey ? ', grey' : ''}`,
    `face ${face.width} × ${face.height} at ${face.x}, ${face.y}${faces > 1 ? ` (the most prominent of ${faces})` : ''}`,
    `turn ${turn}, grey ${grey}, white ${white}, sharpness ${sharpness}`,
    hint ? `at the counter: ${hint}` : 'good at the counter',
  ];
  return words.join('; ');
}

function timed({ total, ...stages }: Report['ms']['probe']): string {
  const parts = Object.entries(stages).map(([stage, ms]) => `${stage} ${ms}`);
  return `${total} ms (${parts.join(', ')})`;
}

function round(value: number, digits = 0): number {
  return Number(value.toFixed(digits));
}
