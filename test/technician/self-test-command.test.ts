/** `kazasu self-test` as a technician calls it: here, and asking a running reader over its socket. */
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { folder, kazasu } from '../commands/kazasu.ts';
import { everyOutcome } from './sheet-samples.ts';

/** A reader that answers every line with `answer`. Returns its socket and what it was asked. */
async function reader(answer: string) {
  const own = folder();
  const asked: string[] = [];
  const path = join(own.path, 'control.sock');
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.on('data', (bytes) => {
      asked.push(bytes.toString('utf8'));
      socket.end(answer);
    });
  });
  await new Promise<void>((listening) => server.listen(path, listening));
  onTestFinished(() => {
    server.close();
    own.remove();
  });
  return { path, asked, own };
}

test('a running reader is asked, and its failed parts are named with what to do', async () => {
  const { path, asked, own } = await reader(`${JSON.stringify({ ok: true, selfTest: everyOutcome })}\n`);
  const sheet = join(own.path, 'sheet.html');
  const { code, stdout, stderr } = await kazasu(['self-test', '--control', path, '--evidence', sheet]);
  expect({ code, stderr, asked }).toEqual({ code: 1, stderr: '', asked: ['{"ask":"self-test"}\n'] });
  expect(stdout).toMatch(/^eligibility gateway: failed \(GATE-504\).*\n +What it means: .*\n +What to do: .*certificate/m);
  expect(stdout).toMatch(/^card-front camera: not here, /m);
  expect(stdout).toMatch(/^clock: ok, /m);
  expect(readFileSync(sheet, 'utf8')).not.toContain('class="simulated"');
});

test.each([
  [
    'that is busy',
    '{"ok":false,"reason":"somebody stands at the reader"}\n',
    /did not test itself: somebody stands at the reader/,
  ],
  ['that hangs up', '', /closed without an answer/],
  ['that talks nonsense', 'hello\n', /it answers hello/],
])('a reader %s is told of plainly', async (_, answer, words) => {
  const { path } = await reader(answer);
  const { code, stdout, stderr } = await kazasu(['self-test', '--control', path]);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toMatch(words);
});

test('no reader at the socket is told of, too', async () => {
  const { code, stderr } = await kazasu(['self-test', '--control', '/nonexistent/control.sock']);
  expect(code).toBe(1);
  expect(stderr).toContain('ENOENT');
});

test('without a unit the sheet says that it is no evidence; --json gives every part with its words', async () => {
  const own = folder();
  const sheet = join(own.path, 'sheet.html');
  const { code, stdout } = await kazasu(['self-test', '--json', '--evidence', sheet]);
  const told = JSON.parse(stdout);
  expect({ code, passed: told.passed }).toEqual({ code: 0, passed: true });
  expect(told.parts).toHaveLength(16);
  expect(told.parts[0]).toMatchObject({ name: 'card module', part: 'card-module', ok: true, notHere: expect.any(String) });
  expect(readFileSync(sheet, 'utf8')).toContain('class="simulated"');
  own.remove();
});

test('a sheet that cannot be written is told of', async () => {
  const { code, stderr } = await kazasu(['self-test', '--evidence', '/nonexistent/sheet.html']);
  expect(code).toBe(1);
  expect(stderr).toContain('ENOENT');
  expect(existsSync('/nonexistent')).toBe(false);
});
