import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { KeyFiles } from '../../../firmware/update/make-keys.ts';
import { systemClock } from '../../../src/clock.ts';
import type { Installer } from '../../../src/update/ports.ts';
import { createRauc } from '../../../src/update/rauc.ts';
import { createRunProgram } from '../../../src/update/run-program.ts';
import { release } from '../../update/simulated-unit.ts';
import { openRaucService, whyNoService } from './rauc-service.ts';
import { testKeys } from './signed.ts';

const folder = mkdtempSync(join(tmpdir(), 'kazasu-rauc-'));
const never = new AbortController().signal;
const missing = whyNoService();

describe(`RAUC's service on a unit that runs 1.0.0${missing === undefined ? '' : ` (skipped: ${missing})`}`, () => {
  let keys: KeyFiles;
  let unit: Awaited<ReturnType<typeof openRaucService>>;
  let installer: Installer;
  beforeAll(async () => {
    if (missing !== undefined) return;
    keys = await testKeys(join(folder, 'keys'));
    unit = await openRaucService(folder, keys, '1.0.0');
    installer = createRauc({ run: createRunProgram(systemClock), program: unit.rauc });
    await vi.waitFor(() => expect(unit.answers()).toBe(true), { timeout: 30_000, interval: 200 });
  });
  afterAll(async () => {
    if (missing === undefined) await unit.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const untouched = () => unit.slot('b').equals(Buffer.alloc(unit.slot('b').length));

  test.skipIf(missing).each([
    ['an older version', '0.9.0', 'kazasu-virt', '0.9.0 is not newer than 1.0.0, which runs'],
    ['the version that runs', '1.0.0', 'kazasu-virt', '1.0.0 is not newer than 1.0.0, which runs'],
    ['another machine', '1.1.0', 'kazasu-rpi4', 'it is for kazasu-rpi4, this is kazasu-virt'],
  ])('refuses %s, though the list of releases offers it', async (_, version, compatible, reason) => {
    const bundle = await unit.bundle({ version, compatible });
    const refused = await installer.install(bundle.path, release(version, { compatible }), never);
    expect(refused).toMatchObject({ ok: false, fault: { code: 'UPD-978', detail: expect.stringContaining(reason) } });
    expect(untouched()).toBe(true);
    expect(unit.grubenv()).toContain('ORDER=A B');
  });

  test.skipIf(missing)('writes a newer one into the other slot, which then starts first; nothing else is touched', async () => {
    unit.setGrubenv('A_TRY=1', 'B_TRY=3');
    const bundle = await unit.bundle({ version: '1.1.0', compatible: 'kazasu-virt' });
    expect(await installer.install(bundle.path, release('1.1.0'), never)).toEqual({ ok: true });
    expect(unit.slot('b').subarray(0, bundle.rootfs.length).equals(bundle.rootfs)).toBe(true);
    expect(unit.slot('a').equals(Buffer.alloc(unit.slot('a').length))).toBe(true);
    expect(unit.grubenv()).toEqual(expect.arrayContaining(['ORDER=B A', 'B_OK=1', 'B_TRY=0', 'A_OK=1', 'A_TRY=1']));
  });

  test.skipIf(missing)('gives the running slot all of its tries when it is marked good', async () => {
    unit.setGrubenv('A_TRY=2', 'B_TRY=2');
    expect(await installer.markGood(never)).toEqual({ ok: true });
    expect(unit.grubenv()).toEqual(expect.arrayContaining(['A_OK=1', 'A_TRY=0', 'B_TRY=2']));
  });
});
