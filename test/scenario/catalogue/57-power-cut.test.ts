import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Counter } from '../counter.ts';
import { type FaceWorker, startFaceWorker } from '../counter-parts.ts';
import { lastResult, lastSidecar } from './result-file.ts';

/** What the disk itself may lose at a power cut is played in test/power-cut; here the reader's process ends. */
const dying = fileURLToPath(new URL('reader-that-dies.ts', import.meta.url));

/** Each begins a process of its own. */
const LONG = { timeout: 120_000 };

let face: FaceWorker;
beforeAll(() => {
  face = startFaceWorker();
});
afterAll(() => face.close());

test.each([
  ['querying', 'none'],
  ['recording', 'whole'],
  ['half of the result is written', 'whole'],
  ['all is written, nothing has its name', 'whole'],
  ['the result is about to get its name', 'whole'],
  ['the result has its name', 'whole'],
] as const)(
  '57 the power fails at “%s”: afterwards the result is %s, once, and the reader asks for a card',
  LONG,
  async (place, result) => {
    const folder = mkdtempSync(join(tmpdir(), 'kazasu-cut-'));
    const ran = spawnSync(process.execPath, [dying, folder, place], { encoding: 'utf8' });
    expect([ran.signal, ran.stderr]).toEqual(['SIGKILL', '']);

    const counter = await Counter.open(face, 'gem', { folder });
    try {
      expect(counter.screen()).toEqual({ at: 'idle' });
      await counter.clock.advance(15_000);
      expect(counter.recorded()).toEqual(result === 'whole' ? [{ outcome: 'accepted', method: 'pin' }] : []);
      expect(counter.clinicFiles()).toHaveLength(result === 'whole' ? 2 : 0);
      if (result === 'whole') {
        expect(lastResult(counter).text('Name')).toBe('見本　花子');
        expect(lastSidecar(counter)).toMatchObject({ resultFile: counter.resultFiles()[0], method: 'pin' });
      }
      expect(counter.records.verify()).toMatchObject({ ok: true });
      await counter.servesTheNext();
      expect(counter.defects).toEqual([]);
    } finally {
      await counter.close();
      rmSync(folder, { recursive: true });
    }
  },
);
