/** Two pictures compared on the command line, each time by a process of its own. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, describe, expect, test } from 'vitest';
import { encodeJp2 } from '../../src/bench/card/jp2.ts';
import { portraitOf } from '../../src/bench/faces/persona-faces.ts';
import { MATCH_THRESHOLD } from '../../src/face/models.ts';
import { folder, kazasu } from './kazasu.ts';

const at = folder();
afterAll(() => at.remove());
const own = (name: string) => join(at.path, name);
const frame = (id: string, index: number) => `build/personas/${id}/frame-${index}.jpg`;

async function cardPortrait(id: string): Promise<string> {
  const { grey, width, height } = await portraitOf(id);
  const path = own(`${id}.portrait`);
  writeFileSync(path, await encodeJp2(grey, width, height));
  return path;
}

const compare = (...args: string[]) => kazasu(['face', 'compare', ...args]);

describe('face compare', () => {
  test('tells one person from another, with quality and the time of each stage', async () => {
    const portrait = await cardPortrait('a');
    const same = await compare(portrait, frame('a', 1), '--json');
    expect(same).toMatchObject({ code: 0, stderr: '' });
    const side = {
      face: { width: expect.any(Number), height: expect.any(Number) },
      turn: expect.any(Number),
      grey: expect.any(Number),
      white: expect.any(Number),
      sharpness: expect.any(Number),
      hint: null,
    };
    const times = {
      decode: expect.any(Number),
      detect: expect.any(Number),
      align: expect.any(Number),
      embed: expect.any(Number),
    };
    expect(JSON.parse(same.stdout)).toMatchObject({
      decision: 'same',
      threshold: MATCH_THRESHOLD,
      quality: {
        reference: { ...side, picture: { width: 240, height: 320, grey: true } },
        probe: { ...side, picture: { width: 640, height: 480, grey: false } },
      },
      ms: { reference: times, probe: times, total: expect.any(Number) },
    });
    const other = await compare(portrait, frame('b', 1), '--json');
    expect(other.code).toBe(1);
    expect(JSON.parse(other.stdout)).toMatchObject({ decision: 'not-same' });
    expect(JSON.parse(other.stdout).score).toBeLessThan(JSON.parse(same.stdout).score);
  });

  test('tells people in words', async () => {
    const { code, stdout } = await compare(frame('a', 0), frame('a', 1));
    expect(code).toBe(0);
    expect(stdout).toMatch(/^the same person: score 0\.\d{3}, threshold/);
    expect(stdout).toMatch(/good at the counter/);
  });

  test('tells the hint that the probe would get, and compares it all the same', async () => {
    const dark = own('dark.png');
    await sharp(frame('a', 1)).linear(0.2, 0).png().toFile(dark);
    const { code, stdout } = await compare(frame('a', 0), dark, '--json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout).quality.probe.hint).toBe('too-dark');
  });

  test.each([
    ['a file that is not there', () => own('nothing.jpg'), /no such file.*Is the path right/],
    ['a folder', () => at.path, /not a file/],
    ['a text', () => 'package.json', /neither JPEG, PNG nor JPEG 2000.*Convert it/],
    ['a picture without a face', () => own('wall.png'), /no face.*upright/],
    ['a damaged picture', () => own('cut.jpg'), /damaged.*copy it anew/],
  ])('%s is told with what to do, and exit status 2', async (_, path, words) => {
    await sharp({ create: { width: 320, height: 240, channels: 3, background: '#987' } })
      .png()
      .toFile(own('wall.png'));
    writeFileSync(own('cut.jpg'), readFileSync(frame('a', 0)).subarray(0, 9_000));
    const asProbe = await compare(frame('a', 0), path(), '--json');
    expect(asProbe).toMatchObject({ code: 2, stderr: expect.stringMatching(words) });
    expect(asProbe.stderr).toMatch(/PROBE .*FACE-402/);
    expect(JSON.parse(asProbe.stdout)).toMatchObject({ decision: 'not-compared', side: 'probe', code: 'FACE-402' });
    expect(await compare(path(), frame('a', 0))).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringMatching(/REFERENCE .*FACE-404/),
    });
  });

  test.each([[[]], [['one.jpg']], [['one.jpg', 'two.jpg', 'three.jpg']], [['a', 'b', '--jsno']]])(
    'a wrong call (%s) is told, and how it is called',
    async (args) => {
      expect(await compare(...args)).toMatchObject({
        code: 2,
        stdout: '',
        stderr: expect.stringMatching(/usage: kazasu face compare/),
      });
    },
  );
});
