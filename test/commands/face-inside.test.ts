/** What the commands do with templates and rows, seen from inside: the examiner is not the models but one face everywhere. */
import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { faceCompare } from '../../src/commands/face-compare.ts';
import { faceScore } from '../../src/commands/face-score.ts';
import type { Examination, FaceExaminer } from '../../src/compose-face.ts';
import { failed, ok } from '../../src/faults/result.ts';
import { folder } from './kazasu.ts';

/** A disk that takes five bytes at a time. */
vi.mock('node:fs', async (original) => {
  const fs = await original<typeof import('node:fs')>();
  const writeSync = (file: number, text: string | Uint8Array, from = 0) => {
    const bytes = Buffer.from(text);
    return fs.writeSync(file, bytes, from, Math.min(5, bytes.length - from));
  };
  return { ...fs, writeSync };
});

const at = folder();
afterAll(() => at.remove());
const own = (name: string) => join(at.path, name);

let told: string;
beforeEach(() => {
  told = '';
  const keep = (text: unknown) => {
    told += text;
    return true;
  };
  vi.spyOn(process.stdout, 'write').mockImplementation(keep);
  vi.spyOn(process.stderr, 'write').mockImplementation(keep);
});
afterEach(() => vi.restoreAllMocks());

const times = { decode: 1, detect: 1, align: 1, embed: 1, total: 4 };
const models = { detector: 'd', landmarks: 'l', embedding: 'e' };
const light = { grey: 100, white: 0, sharpness: 1, scale: 2, turn: 0, masked: false };

/** Sees the same face in every picture, except in those called `none`. */
function examinerOf(changes: Partial<FaceExaminer> = {}, tooSmallForPortrait = false) {
  const templates: Float32Array[] = [];
  const examine = async (path: string) => {
    if (path.includes('none')) return failed('FACE-402', 'no face was found');
    const template = Float32Array.of(1, 2, 3);
    templates.push(template);
    const picture = { width: 10, height: 10, grey: true };
    const box = { x: 0, y: 0, width: 5, height: 5 };
    return ok<Examination>({ template, picture, faces: 1, box, quality: light, tooSmallForPortrait, hint: undefined, ms: times });
  };
  const examiner: FaceExaminer = { threshold: 0.5, models, examine, similarity: () => 0.75, ...changes };
  return { templates, compose: async () => ok(examiner) };
}

const broken = () => {
  throw new Error('broken');
};

describe('face compare wipes its templates', () => {
  const wiped = (templates: readonly Float32Array[], count: number) =>
    expect(templates).toEqual(Array.from({ length: count }, () => new Float32Array(3)));

  test('when it has compared', async () => {
    const { templates, compose } = examinerOf();
    expect(await faceCompare(['a', 'b'], compose)).toBe(0);
    wiped(templates, 2);
  });

  test('when the reference is too small', async () => {
    const { templates, compose } = examinerOf({}, true);
    expect(await faceCompare(['a', 'b'], compose)).toBe(2);
    wiped(templates, 1);
  });

  test('when the probe shows no face', async () => {
    const { templates, compose } = examinerOf();
    expect(await faceCompare(['a', 'none'], compose)).toBe(2);
    wiped(templates, 1);
  });

  test('when it breaks', async () => {
    const { templates, compose } = examinerOf({ similarity: broken });
    await expect(faceCompare(['a', 'b'], compose)).rejects.toThrow('broken');
    wiped(templates, 2);
  });
});

describe('face score', () => {
  const pairs = 'label,image_a,image_b\ngenuine,a,b\nimpostor,c,d\ngenuine,e,f\n';
  const header = 'label,image_a,image_b,score\n';
  const score = (out: string, compose: ReturnType<typeof examinerOf>['compose']) => {
    writeFileSync(own('pairs.csv'), pairs);
    return faceScore(['--pairs', own('pairs.csv'), '--root', at.path, '--out', own(out)], compose);
  };

  test('writes whole rows to a disk that takes a few bytes at a time', async () => {
    expect(await score('slow.csv', examinerOf().compose)).toBe(0);
    const rows = ['genuine,a,b', 'impostor,c,d', 'genuine,e,f'].map((pair) => `${pair},0.750000\n`);
    expect(readFileSync(own('slow.csv'), 'utf8')).toBe(header + rows.join(''));
  });

  test('stops when another run writes to its file, and leaves that as it is', async () => {
    let asked = 0;
    const similarity = () => {
      if (++asked === 2) appendFileSync(own('two.csv'), 'impostor,c,d,0.123000\n');
      return 0.75;
    };
    expect(await score('two.csv', examinerOf({ similarity }).compose)).toBe(1);
    expect(told).toMatch(/two\.csv was changed by another program meanwhile.*left as it is/);
    expect(readFileSync(own('two.csv'), 'utf8')).toBe(`${header}genuine,a,b,0.750000\nimpostor,c,d,0.123000\n`);
  });

  test('cuts nothing off a file that has grown since it was read', async () => {
    writeFileSync(own('grown.csv'), `${header}genuine,a,b,0.750000\n`);
    const theirs = () => {
      appendFileSync(own('grown.csv'), 'impostor,c,d,0.123000\n');
      return 0.75;
    };
    expect(await score('grown.csv', examinerOf({ similarity: theirs }).compose)).toBe(1);
    expect(readFileSync(own('grown.csv'), 'utf8')).toBe(`${header}genuine,a,b,0.750000\nimpostor,c,d,0.123000\n`);
  });

  test('a score that is no number is an empty one, and the file can be gone on with', async () => {
    const { compose } = examinerOf({ similarity: () => Number.NaN });
    expect(await score('no-number.csv', compose)).toBe(0);
    expect(readFileSync(own('no-number.csv'), 'utf8')).toBe(`${header}genuine,a,b,\nimpostor,c,d,\ngenuine,e,f,\n`);
    expect(told).toMatch(/3 pairs: 0 scored, 3 with an empty score/);
    expect(await score('no-number.csv', compose)).toBe(0);
  });

  test('refuses a place that is no file, without waiting for it', async () => {
    execFileSync('mkfifo', [own('fifo')]);
    mkdirSync(own('folder'));
    for (const out of ['fifo', 'folder']) {
      expect(await score(out, examinerOf().compose)).toEqual({ wrong: expect.stringMatching(/--out: .* is not a file/) });
    }
  });

  test.each([
    ['CRLF', header.replace('\n', '\r\n'), /line 1 ends in CRLF/],
    ['a byte order mark', `\uFEFF${header}`, /line 1 begins with a byte order mark/],
  ])('names what another program has made of its file: %s', async (_, theirs, why) => {
    writeFileSync(own('theirs.csv'), theirs);
    expect(await score('theirs.csv', examinerOf().compose)).toEqual({ wrong: expect.stringMatching(why) });
    expect(readFileSync(own('theirs.csv'), 'utf8')).toBe(theirs);
  });
});
