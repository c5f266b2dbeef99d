/** What the clinic's folder owes a reception (ClinicPort), on a real file system. */
import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createClinicFolder } from '../../src/clinic/clinic-folder.ts';
import { finishHandOvers } from '../../src/clinic/finish-hand-overs.ts';
import { systemClock } from '../../src/clock.ts';
import { ok } from '../../src/faults/result.ts';
import type { ClinicResult, StagedResult } from '../../src/reception/ports.ts';
import { readOqs, textOf } from '../clinic/read-oqs.ts';

const run = promisify(execFile);
const never = new AbortController().signal;
let home: string;
let folder: string;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'kazasu-clinic-'));
  folder = join(home, 'face');
  await mkdir(folder);
});
afterEach(() => rm(home, { recursive: true, force: true }));

const clinic = (where = folder) =>
  createClinicFolder({ folder: where, readerId: 'reader-1', clock: systemClock, medicalInstitutionCode: '0012345678' });

function result(receptionId: string, name = '髙﨑　澪'): ClinicResult {
  return {
    receptionId,
    method: 'pin',
    at: new Date('2026-04-01T00:00:00Z'),
    consents: [],
    answer: { segmentOfResult: '1', validity: '1', qualifications: [{ Name: name }] },
    simulated: true,
  };
}

async function staged(receptionId = 'r1', name?: string): Promise<StagedResult> {
  const written = await clinic().stage(result(receptionId, name), never);
  if (!written.ok) throw new Error(written.fault.detail);
  return written.value;
}

const visible = async () => (await readdir(folder)).filter((name) => !name.endsWith('.part')).sort();

describe('a result in the clinic’s folder', () => {
  test('is nowhere to be seen while it is staged, and whole once it is published', async () => {
    const one = await staged();
    expect(await visible()).toEqual([]);
    const published = await one.publish();
    expect(published).toEqual({ ok: true, value: join(folder, one.fileName) });
    expect(await visible()).toEqual([one.fileName.replace('.xml', '.json'), one.fileName]);
    expect(await readdir(folder)).toHaveLength(2);
    const file = readOqs(await readFile(join(folder, one.fileName), 'utf8'));
    expect(textOf(file, 'Name')).toBe('髙﨑　澪');
  });

  test('has beside it who made it and how, and nothing of the person', async () => {
    const one = await staged();
    await one.publish();
    const sidecar = await readFile(join(folder, one.fileName.replace('.xml', '.json')), 'utf8');
    expect(JSON.parse(sidecar)).toEqual({
      receptionId: 'r1',
      readerId: 'reader-1',
      method: 'pin',
      at: '2026-04-01T00:00:00.000Z',
      resultFile: one.fileName,
      resultSha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      simulated: true,
    });
  });

  test('is never seen half-written, however often the folder is looked at', async () => {
    const long = '長'.repeat(200_000);
    let published = false;
    const looking = (async () => {
      let seen = 0;
      while (!published || seen === 0) {
        for (const name of await visible()) {
          if (!name.endsWith('.xml')) continue;
          readOqs(await readFile(join(folder, name), 'utf8'));
          seen++;
        }
      }
      return seen;
    })();
    for (let n = 0; n < 10; n++) await (await staged(`r${n}`, long)).publish();
    published = true;
    expect(await looking).toBeGreaterThan(0);
  });

  test('that is discarded leaves nothing', async () => {
    await (await staged()).discard();
    expect(await readdir(folder)).toEqual([]);
  });

  test('can be published again after an attempt that failed half way', async () => {
    const one = await staged();
    await rm(join(folder, `${one.fileName}.part`));
    expect(await one.publish()).toMatchObject({ ok: false, fault: { code: 'REC-702', detail: 'ENOENT' } });
    const again = await staged();
    expect((await again.publish()).ok).toBe(true);
    expect(await readdir(folder)).toHaveLength(2);
  });

  test('does not follow a link that lies where it should go', async () => {
    const elsewhere = join(home, 'elsewhere');
    await writeFile(elsewhere, 'untouched');
    const { fileName } = await staged();
    await rm(join(folder, `${fileName}.part`));
    await symlink(elsewhere, join(folder, `${fileName}.part`));
    expect((await (await staged()).publish()).ok).toBe(true);
    expect(await readFile(elsewhere, 'utf8')).toBe('untouched');
  });

  test('is not for everybody to read', async () => {
    const one = await staged();
    await one.publish();
    expect((await stat(join(folder, one.fileName))).mode & 0o007).toBe(0);
  });
});

describe('a folder that cannot be written is REC-702', () => {
  test('when it is not there', async () => {
    const missing = clinic(join(home, 'nowhere'));
    expect(await missing.stage(result('r1'), never)).toMatchObject({ ok: false, fault: { code: 'REC-702', detail: 'ENOENT' } });
    expect(await missing.check()).toMatchObject({ ok: false, fault: { code: 'REC-702' } });
    expect(await missing.recover(() => 'unknown')).toMatchObject({ ok: false, fault: { code: 'REC-702' } });
  });

  test('when it is a file', async () => {
    await writeFile(join(home, 'file'), '');
    expect(await clinic(join(home, 'file')).stage(result('r1'), never)).toMatchObject({ ok: false, fault: { code: 'REC-702' } });
  });

  test.skipIf(process.getuid?.() === 0)('when it may not be written', async () => {
    await chmod(folder, 0o500);
    expect(await clinic().stage(result('r1'), never)).toMatchObject({ ok: false, fault: { code: 'REC-702', detail: 'EACCES' } });
    await chmod(folder, 0o700);
  });

  test('when the disk is full, and then nothing stays behind', async (context) => {
    const mounted = await run('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', folder]).then(
      () => true,
      () => false,
    );
    if (!mounted) return context.skip('a small disk can only be mounted by root');
    try {
      const long = result('r1', '長'.repeat(100_000));
      expect(await clinic().stage(long, never)).toMatchObject({ ok: false, fault: { code: 'REC-702', detail: 'ENOSPC' } });
      await expect.poll(() => readdir(folder)).toEqual([]);
      expect((await clinic().stage(result('r2'), never)).ok).toBe(true);
    } finally {
      await run('umount', [folder]);
    }
  });

  test('when the reception is over, and then nothing is written', async () => {
    expect(await clinic().stage(result('r1'), AbortSignal.abort())).toMatchObject({ ok: false, fault: { code: 'REC-702' } });
    expect(await readdir(folder)).toEqual([]);
  });

  test('when the reception ends while it is being written, and then nothing stays behind', async () => {
    const over = new AbortController();
    const staging = clinic().stage(result('r1', '長'.repeat(2_000_000)), over.signal);
    while ((await readdir(folder)).length === 0);
    over.abort();
    expect(await staging).toMatchObject({ ok: false, fault: { code: 'REC-702', detail: 'stopped' } });
    await expect.poll(() => readdir(folder)).toEqual([]);
  });
});

describe('at the next start', () => {
  test('a result that was recorded is published, any other is removed', async () => {
    const recorded = await staged('recorded');
    const unrecorded = await staged('unrecorded');
    await writeFile(join(folder, 'OQSsiquc01res_face_x_20260401090000.json.part'), '{');
    const recovered = await clinic().recover((name) => (name === recorded.fileName ? 'accepted' : 'unknown'));
    expect(recovered).toEqual({ ok: true, value: { published: [recorded.fileName], removed: [unrecorded.fileName] } });
    expect(await readdir(folder)).toHaveLength(2);
    expect(await visible()).toContain(recorded.fileName);
  });

  test('a recorded result is marked as handed over, whether the crash came before or after its rename', async () => {
    const before = await staged('before');
    const after = await staged('after');
    await after.publish();
    await rm(join(folder, after.fileName));
    const delivered: string[] = [];
    const records = {
      undelivered: () => ok([before, after].map(({ fileName }, n) => ({ receptionId: n === 0 ? 'before' : 'after', fileName }))),
      delivered: (receptionId: string) => {
        delivered.push(receptionId);
        return ok();
      },
    };
    expect((await finishHandOvers(clinic(), records)).ok).toBe(true);
    expect(delivered).toEqual(['before', 'after']);
    expect(await visible()).toContain(before.fileName);
    expect(await visible()).not.toContain(after.fileName);
  });
});
