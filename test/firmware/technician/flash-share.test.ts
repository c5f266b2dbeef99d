import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readPartitions } from '../../../firmware/technician/partition-table.ts';
import { openTechnicianBench, type TechnicianBench, tool, untouched } from './technician-bench.ts';

let the: TechnicianBench;
beforeAll(async () => {
  the = await openTechnicianBench();
  const clinic = { share: { host: 'uketsuke-pc', folder: 'oqs', user: 'kazasu' } };
  writeFileSync(the.file('site.json'), JSON.stringify({ ...the.site, clinic }));
});
afterAll(() => the.close());

function flash(device: string) {
  const words = ['--image', the.image, '--device', device, '--site', the.file('site.json'), '--ca', the.keys.ca];
  const { status, stderr } = spawnSync(process.execPath, ['firmware/main.ts', 'flash', ...words], { encoding: 'utf8' });
  return { status, said: stderr.trim().split('\n').at(-1) };
}

test('the password of the clinic’s share is laid beside the site file, for root alone', async () => {
  writeFileSync(the.file('clinic-share-password'), 'S3cret\r\n');
  const card = the.usedCard('card');
  expect(flash(card)).toMatchObject({ status: 0 });
  const data = (await readPartitions(card)).find(({ name }) => name === 'data');
  if (!data) throw new Error('no data partition');
  writeFileSync(the.file('data'), readFileSync(card).subarray(data.from, data.from + data.length));
  const inData = (words: string) => tool('debugfs', '-R', words, the.file('data')).stdout;
  expect(inData('cat site/clinic-share-password')).toBe('S3cret\n');
  expect(inData('stat site/clinic-share-password')).toMatch(/Mode: +0600[\s\S]*User: +0 /);
});

test.each([
  ['missing', undefined, 'cannot be read (ENOENT)'],
  ['none', 'with, comma', 'is one line of 1 to 127 characters without space, comma and "'],
])('one that is %s is told before anything is written', (_what, password, reason) => {
  rmSync(the.file('clinic-share-password'), { force: true });
  if (password !== undefined) writeFileSync(the.file('clinic-share-password'), password);
  const card = the.usedCard('untouched');
  expect(flash(card)).toEqual({ status: 1, said: expect.stringContaining(reason) });
  expect(untouched(card)).toBe(true);
});
