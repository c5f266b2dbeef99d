/** A camera of the machine; in place of v4l2-ctl a program that is called alike and plays recorded pictures. */
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { benchDesign } from '../../src/bench/front/bench-design.ts';
import { picturesOf, printOf } from '../../src/bench/front/front-camera.ts';
import { personaById } from '../../src/bench/personas.ts';
import { createV4l2Camera } from '../../src/camera/v4l2-camera.ts';
import { readFrontDesign } from '../../src/card/front/design-file.ts';
import { createPrintedFront } from '../../src/card/front/printed-front.ts';
import { systemClock } from '../../src/clock.ts';

const folder = mkdtempSync(join(tmpdir(), 'kazasu-v4l2-'));
afterAll(() => rmSync(folder, { recursive: true }));
const never = new AbortController().signal;
const device = join(folder, 'camera');
writeFileSync(device, '');

/** @param script what the program does; $N counts its calls from 0 */
function program(script: string): string {
  const path = join(folder, 'v4l2-ctl');
  const count = join(folder, 'calls');
  rmSync(count, { force: true });
  writeFileSync(
    path,
    `#!/bin/sh\nN=$(cat "${count}" 2>/dev/null || echo 0)\necho $((N + 1)) > "${count}"\necho "$@" > "${folder}/words"\n${script}\n`,
  );
  chmodSync(path, 0o755);
  return path;
}
const camera = (script: string, of = device) => createV4l2Camera({ device: of, clock: systemClock, program: program(script) });

test('is asked for one settled picture of the named device', async () => {
  const taken = await camera('printf picture').take(never);
  expect(taken.ok && Buffer.from(taken.value).toString()).toBe('picture');
  const words = readFileSync(join(folder, 'words'), 'utf8');
  expect(words).toContain(`--device ${device} `);
  expect(words).toContain('--stream-count=1');
});

test('a camera that is not there is told of at once; one that breaks ends its pictures', async () => {
  expect(await camera('exit 0', join(folder, 'none')).frames(never)).toMatchObject({ ok: false, fault: { code: 'FACE-405' } });
  const opened = await camera('[ $N -lt 2 ] && printf picture').frames(never);
  const seen: string[] = [];
  if (opened.ok) for await (const { jpeg } of opened.value) seen.push(Buffer.from(jpeg).toString());
  expect(new Set(seen)).toEqual(new Set(['picture']));
});

test('one that hangs is ended', async () => {
  const over = new AbortController();
  const taking = camera('exec sleep 60').take(over.signal);
  over.abort();
  expect(await taking).toMatchObject({ ok: false, fault: { code: 'FACE-405' } });
});

test('照合番号B is read through it, by a design from a file', async () => {
  const adult = personaById('adult');
  const pictures = await picturesOf(adult && printOf(adult, undefined, new Date()), 'usual');
  for (const [index, jpeg] of pictures.entries()) writeFileSync(join(folder, `${index}.jpg`), jpeg);
  writeFileSync(join(folder, 'design.json'), JSON.stringify(benchDesign));
  const design = readFrontDesign(join(folder, 'design.json'));
  if (!design.ok) throw new Error(design.fault.detail);
  const playing = camera(`cat "${folder}/$((N % ${pictures.length})).jpg"`);
  const front = createPrintedFront({ camera: playing, design: design.value, clock: systemClock });
  const read = await front.readCode(never);
  expect(read.ok && Buffer.from(read.value).toString()).toMatch(/^\d{14}$/);
});

test('a design that is none is named with its field', () => {
  writeFileSync(join(folder, 'wrong.json'), JSON.stringify({ ...benchDesign, strokeWidth: -1 }));
  expect(readFrontDesign(join(folder, 'wrong.json'))).toMatchObject({
    fault: { code: 'SYS-902', detail: expect.stringContaining('strokeWidth') },
  });
});
