import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Records } from '../../src/records/records.ts';
import { type AStore, aStore } from './a-store.ts';

const KILLS = 20;
const device = fileURLToPath(new URL('ledger-device.ts', import.meta.url));

let store: AStore;
beforeEach(() => {
  store = aStore();
});
afterEach(() => store.remove());

const operation = (key: string) => ({ key, receptionId: 'r1', operation: 'eligibility' });
const keysOf = (records: Records) => {
  const open = records.gateway.unanswered();
  return open.ok ? open.value.map(({ key }) => key) : [];
};

describe('an operation at the gateway', () => {
  test('is open until its answer has come, over a restart too', () => {
    const records = store.open();
    expect(records.gateway.begin(operation('k1')).ok).toBe(true);
    records.gateway.begin(operation('k2'));
    records.gateway.answered('k1');
    records.close();
    const again = store.open();
    expect(again.gateway.unanswered()).toEqual({ ok: true, value: [operation('k2')] });
    again.close();
  });

  test('may be repeated under its key, before the answer and after', () => {
    const records = store.open();
    records.gateway.begin(operation('k1'));
    expect(records.gateway.begin(operation('k1')).ok).toBe(true);
    records.gateway.answered('k1');
    expect(records.gateway.begin(operation('k1')).ok).toBe(true);
    expect(records.gateway.answered('k1').ok).toBe(true);
    expect(keysOf(records)).toEqual([]);
    records.close();
  });

  test('never shares its key, and is not answered before it was begun: that is a defect', () => {
    const records = store.open();
    records.gateway.begin(operation('k1'));
    expect(() => records.gateway.begin({ ...operation('k1'), receptionId: 'r2' })).toThrow('twice');
    expect(() => records.gateway.answered('k9')).toThrow('never begun');
    expect(records.gateway.begin(operation('k2')).ok).toBe(true);
    records.close();
  });
});

/** Lets a reader work until it has told of `lines`, then kills it, a little later each time. */
async function workAndKill(gateway: string, run: number): Promise<string[]> {
  const child = spawn(process.execPath, [device, store.path, gateway, String(run)], { stdio: ['ignore', 'pipe', 'inherit'] });
  let told = '';
  child.stdout.setEncoding('utf8');
  child.stdout.on('data', (text: string) => {
    told += text;
    if (told.split('\n').length > 2 + (run % 5)) child.kill('SIGKILL');
  });
  await once(child, 'close');
  return told.split('\n').slice(1, -1);
}

test(`after kill -9 (${KILLS} times) reader and gateway agree`, { timeout: 120_000 }, async () => {
  const gateway = join(store.folder, 'gateway');
  const told: string[] = [];
  const ended = { open: 0, closed: 0 };
  for (let run = 0; run < KILLS; run++) {
    told.push(...(await workAndKill(gateway, run)));
    const records = store.open();
    const open = keysOf(records);
    records.close();
    const atGateway = readFileSync(gateway, 'utf8').split('\n').slice(0, -1);
    // One request at a time, so a crash leaves at most one in doubt; what the gateway did is never unknown here.
    expect(open.length).toBeLessThanOrEqual(1);
    ended[open.length === 1 ? 'open' : 'closed']++;
    const answered = store
      .stored("SELECT key FROM gateway_operations WHERE state = 'answered' ORDER BY rowid")
      .map(({ key }) => key);
    expect(new Set([...answered, ...open])).toEqual(new Set([...atGateway, ...open]));
    expect(new Set(atGateway).size).toBe(atGateway.length);
  }
  const recorded = store.stored('SELECT reception_id AS id FROM receptions').map(({ id }) => id);
  expect(told.filter((id) => !recorded.includes(id))).toEqual([]);
  expect(told.length).toBeGreaterThanOrEqual(KILLS);
  console.log(`killed with an operation open: ${ended.open}, with none: ${ended.closed}`);
});
