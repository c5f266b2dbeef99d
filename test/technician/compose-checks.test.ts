/** Each part with the real thing behind it: a line of serial bytes, a gateway over TLS, a store on the disk. */
import { openSync, readSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openPty } from '../../src/bench/module/pty-line.ts';
import { createBenchPki } from '../../src/bench/pki/bench-pki.ts';
import { systemClock } from '../../src/clock.ts';
import { composeChecks, type TestedWorld } from '../../src/compose-checks.ts';
import { selfTestHere } from '../../src/compose-selftest.ts';
import { readConfig } from '../../src/config.ts';
import { type TestedPart, testedParts } from '../../src/technician/parts.ts';
import { type GatewayBench, openGatewayBench } from '../bench/gateway/gateway-bench.ts';
import { folder, simulateCard } from '../commands/kazasu.ts';
import { modelsDir } from '../face/fixtures.ts';
import { aStore } from '../records/a-store.ts';

const never = new AbortController().signal;
const place: TestedWorld = { clock: systemClock, modelsDir, folder: 'build', isUnit: false };

/** What the one row finds in this world. */
function find(part: TestedPart, world: Partial<TestedWorld>, signal = never) {
  const check = composeChecks({ ...place, ...world }).find((each) => each.part === part);
  if (!check) throw new Error(`no row for ${part}`);
  return check.run(signal);
}

test('there is a row for every part, in their order, and what no unit gives is not here', async () => {
  expect(composeChecks(place).map(({ part }) => part)).toEqual([...testedParts]);
  expect(await find('card-camera', {})).toMatchObject({ at: 'not-here' });
});

describe('the card module of a configuration', () => {
  const at = (path: string) => {
    const config = readConfig();
    if (!config.ok) throw new Error(config.fault.detail);
    return { ...config.value, module: { protocol: 'gem', path } } as const;
  };
  /** Without models, which are not what is looked at here. */
  const moduleOf = async (path: string) => (await selfTestHere(at(path), '/nonexistent', never)).parts[0];

  test('is asked for its name', async () => {
    const own = folder();
    const simulator = await simulateCard(own.path, ['--module', 'gem', '--persona', 'adult', '--unpaced']);
    expect(await moduleOf(simulator.link)).toMatchObject({
      part: 'card-module',
      ok: true,
      found: expect.stringMatching(/GemP|Gem/),
    });
    await simulator.stop();
    own.remove();
  });

  test('is silent: the line is there, and nobody at its end', async () => {
    const line = await openPty();
    expect(await moduleOf(line.path)).toMatchObject({ part: 'card-module', ok: false, code: 'MOD-201' });
    await line.close();
  });

  test('has no line', async () => {
    expect(await moduleOf('/dev/kazasu-none')).toMatchObject({ ok: false, code: 'MOD-202' });
  });
});

describe('the gateway', () => {
  let bench: GatewayBench;
  let origin: string;
  beforeAll(async () => {
    bench = await openGatewayBench(systemClock);
    ({ origin } = await bench.gateway.listen());
  });
  afterAll(() => bench.gateway.close());
  const device = async () => ({ ca: bench.pki.tls.ca, ...(await bench.pki.tls.issueDevice('KZ000001')) });

  test('is reached with the device’s own certificate', async () => {
    expect(await find('gateway', { gateway: { origin, tls: await device() } })).toEqual({ at: 'ok', found: origin });
  });

  test('does not take another authority’s device', async () => {
    const other = await createBenchPki({ now: new Date() });
    const tls = { ca: bench.pki.tls.ca, ...(await other.tls.issueDevice('KZ000001')) };
    expect(await find('gateway', { gateway: { origin, tls } })).toMatchObject({ at: 'failed', code: 'GATE-504' });
  });

  test('is not believed when its own authority is another', async () => {
    const other = await createBenchPki({ now: new Date() });
    const tls = { ...(await device()), ca: other.tls.ca };
    expect(await find('gateway', { gateway: { origin, tls } })).toMatchObject({ at: 'failed', code: 'GATE-501' });
  });

  test('does not listen, or does not answer in time', async () => {
    const tls = await device();
    const closed = { origin: 'https://127.0.0.1:9', tls };
    expect(await find('gateway', { gateway: closed })).toMatchObject({
      code: 'GATE-501',
      detail: expect.stringContaining('ECONNREFUSED'),
    });
    const late = await find('gateway', { gateway: { origin, tls } }, AbortSignal.abort());
    expect(late).toMatchObject({ at: 'failed', code: 'GATE-501', detail: expect.stringContaining('no answer in time') });
  });
});

describe('the store', () => {
  const filled = () => {
    const store = aStore();
    const records = store.open();
    for (let round = 0; round < 40; round++) {
      const event = { name: 'reception.started', receptionId: `reception-${round}` } as const;
      records.note(Array.from({ length: 25 }, () => ({ event, atMs: round, wall: store.clock.wall() })));
    }
    records.close();
    return store;
  };

  test('is whole', async () => {
    const store = filled();
    const world = { recordsPath: store.path };
    expect(await find('records', world)).toEqual({ at: 'ok', found: '0 receptions' });
    expect(await find('audit-log', world)).toEqual({ at: 'ok', found: '1000 entries, the newest 1000 are whole' });
    store.remove();
  });

  test('has a page that the disk has spoilt', async () => {
    const store = filled();
    overwrite(store.path, 8 * 4096, 4096 * 4);
    expect(await find('records', { recordsPath: store.path })).toMatchObject({ at: 'failed', code: 'UNIT-959' });
    store.remove();
  });

  test.each([
    ['was changed', "UPDATE audit SET fields = '{}', name = 'pin.right' WHERE seq = 990"],
    ['is missing', 'DELETE FROM audit WHERE seq = 500'],
    ['does not follow', 'UPDATE audit SET prev_hash = hash WHERE seq = 700'],
  ])('has an audit entry that %s', async (words, sql) => {
    const store = filled();
    const database = new DatabaseSync(store.path);
    // Whoever changes a log takes away first what keeps it append-only.
    for (const { name } of database.prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'").all())
      database.exec(`DROP TRIGGER ${name}`);
    database.exec(sql);
    database.close();
    const finding = await find('audit-log', { recordsPath: store.path });
    expect(finding).toMatchObject({ at: 'failed', code: 'UNIT-960', detail: expect.stringContaining(words) });
    store.remove();
  });

  test('is gone', async () => {
    expect(await find('records', { recordsPath: join('build', 'no-such-store') })).toMatchObject({ code: 'UNIT-959' });
  });
});

/** Noise in the middle of a file, as a dying disk leaves it. */
function overwrite(path: string, from: number, length: number): void {
  const file = openSync(path, 'r+');
  const bytes = Buffer.alloc(length);
  readSync(file, bytes, 0, length, from);
  for (let at = 0; at < length; at++) bytes[at] = (bytes[at] ?? 0) ^ ((at % 251) | 1);
  writeSync(file, bytes, 0, length, from);
}
