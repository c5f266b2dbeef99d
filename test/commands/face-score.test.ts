/** Many pairs scored on the command line, each time by a process of its own. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { MATCH_THRESHOLD } from '../../src/face/models.ts';
import { folder, kazasu } from './kazasu.ts';

const at = folder();
afterAll(() => at.remove());
const own = (name: string) => join(at.path, name);

describe('face score', () => {
  const header = 'label,image_a,image_b,score';
  const people = ['a', 'b', 'c', 'd', 'e', 'f'];
  /** Every image in one pair only, so that a run takes a while. */
  const pairs = Array.from({ length: 18 }, (_, index) => {
    const [one, other] = [people[index % 6] as string, people[(index + (index % 2)) % 6] as string];
    const turn = Math.floor(index / 6);
    return [one === other ? 'genuine' : 'impostor', `${one}/frame-${turn}.jpg`, `${other}/frame-${turn + 4}.jpg`] as const;
  });
  const csv = (rows: readonly (readonly string[])[]) => `label,image_a,image_b\n${rows.map((row) => row.join(',')).join('\n')}\n`;
  const words = (list: string, out: string, root = 'build/personas') => [
    ...['face', 'score', '--pairs', own(list), '--root', root, '--out', own(out)],
  ];
  const score = (list: string, out: string, ...more: string[]) => kazasu([...words(list, out), ...more]);
  const lines = (out: string) => readFileSync(own(out), 'utf8').trimEnd().split('\n');

  test('gives a row a pair in their order, and rates with intervals', async () => {
    writeFileSync(own('pairs.csv'), csv(pairs));
    const { code, stdout } = await score('pairs.csv', 'whole.csv');
    expect(code).toBe(0);
    const [first, ...rows] = lines('whole.csv');
    expect(first).toBe(header);
    expect(rows.map((row) => row.split(',').slice(0, 3))).toEqual(pairs);
    for (const row of rows) {
      const [label, , , number] = row.split(',');
      expect(Number(number) >= MATCH_THRESHOLD).toBe(label === 'genuine');
    }
    expect(stdout).toMatch(/18 pairs: 18 scored, 0 with an empty score/);
    expect(stdout).toMatch(/FNMR 0\.00 % \(0\.00 %…29\.9\d %\), 0 of 9 of the genuine pairs/);
    expect(stdout).toMatch(/FMR {2}0\.00 %/);
    expect((await score('pairs.csv', 'whole.csv', '--threshold', '1')).stdout).toMatch(/FNMR 100\.00 %/);
  });

  test('takes quoted fields, CRLF and a byte order mark', async () => {
    const root = own('faces, old');
    mkdirSync(root);
    copyFileSync('build/personas/a/frame-0.jpg', join(root, 'a "0", x.jpg'));
    copyFileSync('build/personas/a/frame-1.jpg', join(root, '顔.jpg'));
    writeFileSync(own('quoted.csv'), '\uFEFFimage_b,"label",image_a,note\r\n顔.jpg,genuine,"a ""0"", x.jpg",\r\n');
    const { code } = await kazasu([
      'face',
      'score',
      '--pairs',
      own('quoted.csv'),
      '--root',
      root,
      '--out',
      own('quoted-out.csv'),
    ]);
    expect(code).toBe(0);
    expect(lines('quoted-out.csv')[1]).toMatch(/^genuine,"a ""0"", x\.jpg",顔\.jpg,0\.9\d{5}$/);
  });

  test('an image without a face, or none at all, gives an empty score and its reason', async () => {
    copyFileSync('package.json', own('text.jpg'));
    writeFileSync(
      own('gaps.csv'),
      csv([['genuine', 'a/none.jpg', 'a/frame-0.jpg'], ['impostor', 'a/none.jpg', 'made-by'], ...pairs.slice(0, 1)]),
    );
    const { code, stdout, stderr } = await score('gaps.csv', 'gaps-out.csv');
    expect(code).toBe(0);
    expect(lines('gaps-out.csv').slice(1, 3)).toEqual(['genuine,a/none.jpg,a/frame-0.jpg,', 'impostor,a/none.jpg,made-by,']);
    expect(stderr.match(/a\/none\.jpg: there is no such file/g)).toHaveLength(1);
    expect(stdout).toMatch(/3 pairs: 1 scored, 2 with an empty score/);
  });

  test('goes on after a run that was broken off, also in the middle of a line', async () => {
    const whole = readFileSync(own('whole.csv'), 'utf8');
    for (const share of [0, 0.01, 0.3, 0.62, 0.97]) {
      writeFileSync(own('part.csv'), whole.slice(0, Math.floor(share * whole.length)));
      expect((await score('pairs.csv', 'part.csv')).code).toBe(0);
      expect(readFileSync(own('part.csv'), 'utf8')).toBe(whole);
    }
  });

  test('stops at Ctrl-C with what it has, and goes on from there', async () => {
    // Every image under five names: work enough that a busy machine asks for the stop before it is done.
    const copies = ['1', '2', '3', '4', '5'];
    mkdirSync(own('copies'));
    for (const copy of copies) symlinkSync(resolve('build/personas'), join(own('copies'), copy));
    const ofAll = (rows: readonly (readonly string[])[]) =>
      copies.flatMap((copy) => rows.map(([label = '', a, b, ...more]) => [label, `${copy}/${a}`, `${copy}/${b}`, ...more]));
    writeFileSync(own('many.csv'), csv(ofAll(pairs)));
    const scoring = words('many.csv', 'stopped.csv', own('copies'));
    const child = spawn(process.execPath, ['src/main.ts', ...scoring], { stdio: 'pipe' });
    let told = '';
    child.stderr.on('data', (chunk) => {
      told += chunk;
    });
    const ended = once(child, 'exit');
    await expect
      .poll(() => readFileSync(own('stopped.csv'), { encoding: 'utf8', flag: 'a+' }).split('\n').length, {
        timeout: 30_000,
        interval: 5,
      })
      .toBeGreaterThan(2);
    child.kill('SIGINT');
    await ended;
    expect(child.exitCode).toBe(1);
    expect(told).toMatch(/Stopped: \d+ of 90 rows are in .*The same command goes on from there/);
    expect(readFileSync(own('stopped.csv'), 'utf8')).toMatch(/\n$/);
    expect(lines('stopped.csv').length).toBeLessThan(91);
    expect((await kazasu(scoring)).code).toBe(0);
    const [, ...scored] = lines('whole.csv').map((line) => line.split(','));
    expect(lines('stopped.csv').slice(1)).toEqual(ofAll(scored).map((row) => row.join(',')));
  });

  test.each([
    ['of other pairs', (rows: string[]) => rows.with(2, 'genuine,x/1.jpg,x/2.jpg,0.5'), 2, /line 3 names another pair/],
    ['with more rows than pairs', (rows: string[]) => [...rows, rows[1] as string], 2, /line 20 names another pair/],
    ['of another form', (rows: string[]) => ['a,b', ...rows], 2, /line 1 is not "label,image_a,image_b,score"/],
    [
      'with a score that is none',
      (rows: string[]) => rows.with(3, (rows[3] as string).replace(/[^,]*$/, 'high')),
      2,
      /line 4 holds no score/,
    ],
    [
      'of other models',
      (rows: string[]) => rows.map((row) => row.replace(/[\d.]+$/, '0.123456')),
      1,
      /made with other models or images/,
    ],
  ])('a file %s is refused and left as it is', async (_, change, exit, why) => {
    const theirs = `${change(lines('whole.csv')).join('\n')}\n`;
    writeFileSync(own('theirs.csv'), theirs);
    expect(await score('pairs.csv', 'theirs.csv')).toMatchObject({ code: exit, stderr: expect.stringMatching(why) });
    expect(readFileSync(own('theirs.csv'), 'utf8')).toBe(theirs);
  });

  test.each([
    ['no columns of these names', 'a,b,c\n1,2,3\n', /must name the columns label, image_a, image_b/],
    [
      'a row without a second image',
      'label,image_a,image_b\ngenuine,a,b\ngenuine,a\n',
      /line 3 .* does not hold a label and two images/,
    ],
    ['a quotation mark that is not closed', 'label,image_a,image_b\ngenuine,"a,b\n', /line 2 .* quotation mark/],
    ['no pairs', 'label,image_a,image_b\n', /names no pairs/],
  ])('pairs with %s are told of by their line', async (_, text, why) => {
    writeFileSync(own('wrong.csv'), text);
    expect(await score('wrong.csv', 'never.csv')).toMatchObject({ code: 2, stderr: expect.stringMatching(why) });
  });

  test('a place where nothing can be written is told of', async () => {
    expect(await score('pairs.csv', 'no/such/folder.csv')).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/cannot be written \(ENOENT\)/),
    });
    expect(await score('pairs.csv', 'pairs.csv')).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/another file than --pairs/),
    });
  });
});
