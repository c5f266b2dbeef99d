import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { hashOfTree, runStage } from '../../../firmware/image/stage.ts';

const folder = mkdtempSync(join(tmpdir(), 'kazasu-stage-'));
afterAll(() => rmSync(folder, { recursive: true }));
const output = join(folder, 'output');

let ran = 0;
const run = (inputs: readonly string[], work = async () => writeFileSync(output, '')) =>
  runStage(join(folder, 'stamps'), () => {}, {
    ...{ name: 'one', inputs, outputs: [output] },
    async work() {
      ran++;
      await work();
    },
  });

test('a stage runs once, again when its input changes or its output is gone, and again after it was cut off', async () => {
  await run(['a']);
  await run(['a']);
  expect(ran).toBe(1);
  await run(['b']);
  expect(ran).toBe(2);
  rmSync(output);
  await run(['b']);
  expect(ran).toBe(3);
  await expect(
    run(['c'], async () => {
      throw new Error('cut off');
    }),
  ).rejects.toThrow('cut off');
  await run(['b']);
  expect(ran).toBe(5);
});

test('the hash of a folder tells names, contents and modes', () => {
  const tree = mkdtempSync(join(folder, 'tree-'));
  writeFileSync(join(tree, 'a'), '1');
  const before = hashOfTree(tree);
  expect(hashOfTree(tree)).toBe(before);
  writeFileSync(join(tree, 'a'), '2');
  const changed = hashOfTree(tree);
  writeFileSync(join(tree, 'b'), '');
  expect(new Set([before, changed, hashOfTree(tree)]).size).toBe(3);
});
