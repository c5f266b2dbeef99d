/** The whole runtime as a unit runs it: a process of its own, with a cable, a network and a screen that lead elsewhere. */
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { showNotice } from '../../src/compose-notice.ts';
import type { HeldReception } from './outside.ts';
import { openServiceManager } from './service-manager.ts';
import {
  askControl,
  makeUnitFolder,
  type Outside,
  openOutside,
  startUnit,
  type UnitFolder,
  type UnitProcess,
} from './unit-process.ts';

const LONG = { timeout: 60_000 };

let outside: Outside;
let folder: UnitFolder;
let unit: UnitProcess | undefined;

beforeAll(async () => {
  outside = await openOutside();
  folder = makeUnitFolder(outside);
});
afterEach(async () => {
  unit?.child.kill('SIGKILL');
  await unit?.ends();
  unit = undefined;
});
afterAll(() => {
  outside.close();
  folder.remove();
});

const state = () => askControl(folder.control, '{"ask":"state"}');
const place = (persona: string) => outside.ask({ place: persona });
const remove = () => outside.ask({ do: 'remove' });
const held = () => outside.ask<readonly HeldReception[]>({ do: 'receptions' });

const certificateNow = () => readFileSync(join(folder.data, 'device-certificate.pem'), 'utf8');

type Row = { receptionId: string; outcome: string; simulated: number };
function rows(): readonly Row[] {
  const store = new DatabaseSync(join(folder.data, 'records.sqlite'), { readOnly: true });
  try {
    return store
      .prepare('SELECT reception_id AS receptionId, outcome, simulated FROM receptions ORDER BY started_at')
      .all() as Row[];
  } finally {
    store.close();
  }
}

async function shows(screen: string): Promise<void> {
  await vi.waitFor(() => expect(unit?.screens().at(-1)).toBe(screen), LONG);
}

/** Started, with its self-test over: the reader rests while it runs. */
async function started(more: readonly string[] = [], environment: Readonly<Record<string, string>> = {}): Promise<UnitProcess> {
  unit = startUnit(folder, more, environment);
  await unit.says('Self-test');
  await shows('idle');
  return unit;
}

describe('a new unit', () => {
  test('enrols itself, receives a patient, and loads nothing of the bench', { timeout: 240_000 }, async () => {
    const socket = join(folder.folder, 'notify');
    const manager = await openServiceManager(socket);
    const naming = ['--import', new URL('./name-modules.ts', import.meta.url).href];
    const running = await started(naming, { NOTIFY_SOCKET: socket, WATCHDOG_USEC: '6000000' });
    expect(existsSync(folder.token)).toBe(false);
    expect(statSync(join(folder.data, 'device-key.pem')).mode & 0o777).toBe(0o600);

    await place('adult');
    await shows('done');
    expect(await state()).toMatchObject({ ok: true, reception: true, resting: false, selfTest: { parts: expect.any(Array) } });
    await remove();
    await shows('idle');

    expect(running.screens()).not.toContainEqual(expect.stringContaining('simulated'));
    // It has tested itself, and did not call that an update.
    expect(running.screens()).not.toContain('unavailable SYS-904');
    expect(rows()).toEqual([{ receptionId: expect.any(String), outcome: 'accepted', simulated: 0 }]);
    expect(readdirSync(join(folder.data, 'clinic')).filter((name) => name.endsWith('.xml'))).toHaveLength(1);
    expect(await outside.ask({ do: 'devices' })).toEqual(['KZTEST01']);

    const endedAt = performance.now();
    running.child.kill('SIGTERM');
    expect(await running.ends()).toBe(0);
    // Later than that the service manager kills it (TimeoutStopSec).
    expect(performance.now() - endedAt).toBeLessThan(10_000);
    const loaded = running
      .said()
      .split('\n')
      .filter((line) => line.startsWith('loaded '));
    expect(loaded.length).toBeGreaterThan(100);
    expect(manager.heard()).toMatch(/READY=1\nSTATUS=takes patients[\s\S]*WATCHDOG=1[\s\S]*STOPPING=1/);
    manager.close();
    expect(loaded.filter((line) => line.includes('/src/bench/'))).toEqual([]);
  });
});

describe('a unit that is killed', () => {
  const agreed = async () => {
    const all = await held();
    return all.filter(({ consentedAt }) => consentedAt !== null).map(({ receptionId }) => receptionId);
  };
  const untilAgreedTo = (count: number) => vi.waitFor(async () => expect(await agreed()).toHaveLength(count), LONG);

  test.each([
    ['while the gateway looks for the eligibility', untilAgreedTo],
    ['when the patient has read that all is done', () => shows('done')],
  ])('%s has lost nothing that the gateway holds', { timeout: 240_000 }, async (_when, moment) => {
    const [known, certificate] = [rows().length, certificateNow()];
    const running = await started();
    await place('adult');
    await moment(known + 1);
    running.child.kill('SIGKILL');
    await running.ends();
    await remove();

    await started();
    await vi.waitFor(() => expect(rows()).toHaveLength(known + 1), LONG);
    expect(
      rows()
        .map(({ receptionId }) => receptionId)
        .sort(),
    ).toEqual((await agreed()).sort());
    expect(certificateNow()).toBe(certificate);
  });
});

describe('the code of the desk’s first administrator', () => {
  const CODE = /[A-Z2-9]{5}-[A-Z2-9]{5}/;
  const deskLine = async (more: object): Promise<string> => {
    const site = join(folder.folder, 'site/with-more.json');
    writeFileSync(site, JSON.stringify({ ...JSON.parse(readFileSync(folder.site, 'utf8')), ...more }));
    unit = startUnit({ ...folder, site });
    await unit.says('no administrator yet');
    return /^The desk is at .*$/m.exec(unit.said())?.[0] ?? '';
  };

  test('is not in the journal: it stands in the technician’s menu', async () => {
    // The panel need not be there now: one that is plugged in later opens the menu.
    const panel = { path: join(folder.folder, 'no-panel') };
    const line = await deskLine({ panel, without: ['face-camera', 'card-camera'] });
    expect(line).toMatch(/It has no administrator yet: their code stands in the technician’s menu\.$/);
    expect(unit?.said().replaceAll(/certificate \S+/g, '')).not.toMatch(CODE);
  });

  test('is in the journal of a unit without a panel, which has no menu', async () => {
    expect(await deskLine({})).toMatch(new RegExp(`their code is ${CODE.source}\\.$`));
  });
});

test('an update finds a reader that rests: a card laid meanwhile is served afterwards', async () => {
  const running = await started();
  expect(await askControl(folder.control, '{"ask":"rest"}')).toEqual({ ok: true, resting: true });
  await shows('unavailable SYS-904');
  await place('adult');
  expect(await state()).toMatchObject({ reception: false, resting: true });
  expect(await askControl(folder.control, '{"ask":"resume"}')).toEqual({ ok: true, resting: false });
  await shows('done');
  expect(await askControl(folder.control, '{"ask":"rest"}')).toEqual({ ok: true, resting: false });
  expect(await askControl(folder.control, '{"ask":"self-test"}')).toMatchObject({ ok: false });
  await remove();
  expect(running.screens()).not.toContain('unavailable MOD-202');
});

test('what keeps the reader from starting stands on the screen, by its code', async () => {
  const screens = join(folder.folder, 'screens.log');
  rmSync(screens, { force: true });
  vi.stubEnv('HAND_LOG', screens);
  const notice = await showNotice('SYS-902', join(folder.folder, 'kiosk-browser'));
  await vi.waitFor(() => expect(readFileSync(screens, 'utf8')).toBe('unavailable SYS-902\n'), LONG);
  await notice.close();
  vi.unstubAllEnvs();
});

test('a wrong site file is told once, by field and reason', async () => {
  const wrong = makeUnitFolder(outside);
  const site = JSON.parse(readFileSync(wrong.site, 'utf8'));
  writeFileSync(wrong.site, JSON.stringify({ ...site, gateway: { ...site.gateway, url: 'http://127.0.0.1' } }));
  unit = startUnit(wrong);
  await unit.says('SYS-902');
  expect(unit.said()).toMatch(
    /^The reader takes no patients \(SYS-902\)\. .*site\.json: gateway\.url: an address that begins with https:\/\/\n$/,
  );
  unit.child.kill('SIGTERM');
  expect(await unit.ends()).toBe(2);
  wrong.remove();
});

test('a unit whose token is not known says so on its screen, and keeps the token', async () => {
  const other = makeUnitFolder(outside);
  writeFileSync(other.token, 'AAAAAAAAAAAAAAAAAAAAAA');
  unit = startUnit(other);
  await unit.says('token is not known');
  await shows('unavailable GATE-504');
  unit.child.kill('SIGTERM');
  expect(await unit.ends()).toBe(0);
  expect(existsSync(other.token)).toBe(true);
  other.remove();
});
